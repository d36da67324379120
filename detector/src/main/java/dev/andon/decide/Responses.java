package dev.andon.decide;

import dev.andon.decide.DoseResponse.Usual;
import dev.andon.detect.EffectPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well each rollout explains what one report tells: the harm, and what is newly asked of the apiservers where that
 * leads to it. Remembers what was worked out. Not thread-safe.
 */
final class Responses {
    /** What is newly asked and the harm that it does are not independent: power of the likelihood ratio of the former. */
    private static final double DEMAND_COUNTS = 0.6;
    /** Excess of demand, as {@code ln(1 + excess / noise)}, that noise seldom makes in several ticks in a row. */
    private static final double RISEN = 0.9;

    private static final int RISEN_TICKS = 3;
    /** A rollout that ended longer before the onset says nothing of how long causes of their own were looked for. */
    private static final Duration JUST_BEFORE = Duration.ofMinutes(2);

    private final ClusterReport report;
    private final Optional<DoseResponse> harm;
    private final Optional<DoseResponse> demand;
    private final Map<String, Double> ratios = new HashMap<>();

    /** @param leastTick in which lags are measured */
    Responses(ClusterReport report, Duration leastTick) {
        this.report = report;
        Instant onset = report.onset().orElse(report.time());
        double tick = leastTick.toMillis() / 1e3;
        double underWay = underWay(report.exposures(), onset);
        Course course = new Course(report.trajectory(), report.interval(), onset);
        this.harm = response(course, tick, Usual.HARM, underWay);
        this.demand = began(report.demand(), onset)
                .map(began -> new Course(report.demand(), report.interval(), began))
                .flatMap(asked -> response(asked, tick, Usual.DEMAND, underWay));
    }

    private static Optional<DoseResponse> response(Course course, double tick, Usual usual, double underWay) {
        return course.informative() ? Optional.of(new DoseResponse(course, tick, usual, underWay)) : Optional.empty();
    }

    /** Seconds for which the longest of the rollouts that were under way at the onset, or just before, had been so. */
    private static double underWay(List<RolloutExposure> exposures, Instant onset) {
        return exposures.stream()
                        .filter(exposure -> exposure.firstExposed().isPresent())
                        .filter(exposure -> exposure.endedAt()
                                .map(onset.minus(JUST_BEFORE)::isBefore)
                                .orElse(true))
                        .mapToLong(exposure -> Duration.between(
                                        exposure.firstExposed().get(), onset)
                                .toMillis())
                        .max()
                        .orElse(0)
                / 1e3;
    }

    /**
     * Demand grows before it does harm: since the end of the last tick in which it was usual; empty where it was not clearly
     * above that when the harm began.
     */
    private static Optional<Instant> began(List<EffectPoint> demand, Instant onset) {
        Optional<Instant> usual = Optional.empty();
        int risen = 0;
        for (EffectPoint point : demand) {
            risen = point.effect() >= RISEN ? risen + 1 : 0;
            if (risen == 0) usual = Optional.of(point.time());
            if (risen >= RISEN_TICKS && !point.time().isBefore(onset)) return usual.map(at -> earlier(at, onset));
        }
        return risen > 0 ? usual.map(at -> earlier(at, onset)) : Optional.empty();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    boolean of(ClusterReport other) {
        return report.equals(other);
    }

    /** @return whether enough is seen from before the onset to compare causes */
    boolean known() {
        return harm.isPresent();
    }

    /** @return likelihood of what is seen given that this rollout caused it, over that of a cause of its own; 1 where unknown */
    double ratio(RolloutExposure exposure) {
        return ratios.computeIfAbsent(
                exposure.rolloutId(), id -> ratio(harm, exposure) * Math.pow(ratio(demand, exposure), DEMAND_COUNTS));
    }

    private static double ratio(Optional<DoseResponse> response, RolloutExposure exposure) {
        return response.map(known -> known.ratio(exposure)).orElse(1.0);
    }
}
