package dev.andon.decide;

import dev.andon.decide.RolloutExposure.Step;
import dev.andon.domain.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which rollout did it, or none of them: a posterior over the rollouts that touch a hurt cluster.
 *
 * <p>A rollout's likelihood is that of an onset at this time given how its coverage grew here: soon after a step, sooner
 * while the dose grows fast (on a logarithmic scale), and with an effect that follows the dose. "None" spreads the onset
 * evenly over the causal window. Clusters hurt at the same time without the rollout speak against it. Pure.
 */
final class Blame {
    /** Prior weight of one rollout that is spreading, against 1 for "none of them". */
    private static final double PRIOR_PER_ROLLOUT = 3;
    /** Mean time from a step of coverage to its effect on the control plane or DNS. */
    private static final double MEAN_LAG_SECONDS = 20;
    /** Part of the lags that may be anywhere in the causal window: leaks, caches, queues. */
    private static final double LONG_LAGS = 0.15;
    /** Coverage below which the dose is not told apart from none. */
    private static final double LEAST_DOSE = 0.01;
    /** Effects of up to this power of the dose are common: N nodes that each cost O(N), and queues near saturation. */
    private static final double USUAL_POWER = 4;

    private static final double LEAST_DOSE_FIT = 0.02;
    /** Effect, as a part of the level before, that could just have gone unseen. */
    private static final double UNSEEN_EFFECT = 0.3;

    private static final double CONTRAST = 0.1;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final Settings settings;

    Blame(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param candidates most probable first, exonerated ones last with the reason
     * @param none probability that no known rollout is the cause
     */
    record Verdict(List<Candidate> candidates, double none) {}

    private record Weighed(RolloutExposure exposure, double weight, Optional<String> exonerated) {}

    /** @param fleet newest reports of all clusters, {@code hurt} among them */
    Verdict judge(ClusterReport hurt, Collection<ClusterReport> fleet) {
        Instant onset = hurt.onset().orElse(hurt.time());
        List<Weighed> weighed = new ArrayList<>();
        double total = 1 / seconds(settings.causalWindow());
        for (RolloutExposure exposure : hurt.exposures()) {
            Weighed one = weigh(exposure, hurt, onset, fleet);
            weighed.add(one);
            total += one.weight();
        }
        double sum = total;
        List<Candidate> candidates = weighed.stream()
                .map(w -> new Candidate(
                        w.exposure().rolloutId(),
                        Math.min(1, w.weight() / sum),
                        w.exonerated().isPresent(),
                        w.exonerated()))
                .sorted(Comparator.comparingDouble(Candidate::probability)
                        .reversed()
                        .thenComparing(Candidate::rolloutId))
                .toList();
        return new Verdict(candidates, 1 / seconds(settings.causalWindow()) / sum);
    }

    private Weighed weigh(
            RolloutExposure exposure, ClusterReport hurt, Instant onset, Collection<ClusterReport> fleet) {
        Instant latestOnset = onset.plus(hurt.interval()).plus(CLOCK_SKEW);
        Optional<Instant> first = exposure.firstExposed();
        if (first.isEmpty()) return new Weighed(exposure, 0, Optional.of("has not reached this cluster"));
        if (first.get().isAfter(latestOnset)) {
            String why = "reached this cluster " + apart(onset, first.get()) + " after the onset";
            return new Weighed(exposure, 0, Optional.of(why));
        }
        Instant last = exposure.lastStep().orElseThrow();
        if (last.plus(settings.causalWindow()).isBefore(onset)) {
            String why = "last widened " + apart(last, onset) + " before the onset";
            return new Weighed(exposure, 0, Optional.of(why));
        }
        double weight = PRIOR_PER_ROLLOUT
                * timing(exposure, onset, hurt.interval())
                * doseFit(exposure, hurt, onset)
                * contrast(exposure, hurt, onset, fleet);
        return new Weighed(exposure, weight, Optional.empty());
    }

    /** Density of an onset at this time, per second, given the steps of coverage before it. */
    private double timing(RolloutExposure exposure, Instant onset, Duration interval) {
        double density = 0;
        double before = 0;
        double range = Math.log((1 + LEAST_DOSE) / LEAST_DOSE);
        double meanLag = MEAN_LAG_SECONDS + seconds(interval);
        for (Step step : exposure.steps()) {
            double dose = dose(step);
            double share = Math.max(0, logDose(dose) - logDose(before)) / range;
            before = dose;
            double lag = seconds(Duration.between(step.time(), onset)) + seconds(interval) / 2;
            if (lag < -seconds(interval) - seconds(CLOCK_SKEW)) break;
            double kernel = (1 - LONG_LAGS) * Math.exp(-Math.max(0, lag) / meanLag) / meanLag
                    + LONG_LAGS / seconds(settings.causalWindow());
            density += share * kernel;
        }
        return density;
    }

    /** How well the size of the effect fits the growth of the dose around the onset, in (0, 1]. */
    private static double doseFit(RolloutExposure exposure, ClusterReport hurt, Instant onset) {
        double ratio = hurt.evidence().isEmpty()
                ? 1
                : Math.min(1e3, hurt.evidence().get(0).ratio());
        double rise = Math.log(Math.max(1, (ratio - 1) / UNSEEN_EFFECT));
        Instant noEffectYet = onset.minus(hurt.interval()).minus(Duration.ofSeconds((long) (MEAN_LAG_SECONDS * 0.75)));
        double growth = logDose(doseAt(exposure, hurt.time())) - logDose(doseAt(exposure, noEffectYet));
        double power = growth > 0 ? rise / growth : Double.POSITIVE_INFINITY;
        if (power <= USUAL_POWER) return 1;
        return Math.max(LEAST_DOSE_FIT, Math.exp(-(power - USUAL_POWER) / USUAL_POWER));
    }

    /** Clusters hurt at the same time that the rollout had not reached speak against it. */
    private static double contrast(
            RolloutExposure exposure, ClusterReport hurt, Instant onset, Collection<ClusterReport> fleet) {
        boolean hurtWithout = fleet.stream()
                .filter(other -> !other.cluster().equals(hurt.cluster()))
                .filter(other -> other.health() == ClusterReport.Health.HURT)
                .filter(other -> other.onset()
                        .map(at -> Duration.between(at, onset).abs().toSeconds() <= 60)
                        .orElse(false))
                .anyMatch(other -> other.exposures().stream()
                        .filter(e -> e.rolloutId().equals(exposure.rolloutId()))
                        .flatMap(e -> e.firstExposed().stream())
                        .noneMatch(at -> at.isBefore(other.onset().orElseThrow().plus(other.interval()))));
        return hurtWithout ? CONTRAST : 1;
    }

    private static double doseAt(RolloutExposure exposure, Instant time) {
        double dose = 0;
        for (Step step : exposure.steps()) {
            if (step.time().isAfter(time)) break;
            dose = dose(step);
        }
        return dose;
    }

    private static double dose(Step step) {
        return step.total() == 0 ? 1 : Math.min(1, (double) step.updated() / step.total());
    }

    private static double logDose(double dose) {
        return Math.log(dose + LEAST_DOSE);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String apart(Instant from, Instant to) {
        return Wording.duration(Duration.between(from, to));
    }
}
