package dev.andon.decide;

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
    /** Prior weight of one rollout that reached the cluster, against 1 for "none of them". */
    private static final double PRIOR_PER_ROLLOUT = 2;
    /** Part of guilty rollouts whose effect does not follow the dose: leaks, caches, thresholds. */
    private static final double NOT_BY_DOSE = 0.15;

    private static final double CONTRAST = 0.1;
    private static final double MOST_FROM_ELSEWHERE = 5;
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
        DoseResponse response = response(hurt);
        if (!response.informative()) return new Verdict(List.of(), 1);
        double alone = response.stepping(Instant.MIN);
        List<Weighed> weighed = new ArrayList<>();
        double total = 1;
        for (RolloutExposure exposure : hurt.exposures()) {
            Weighed one = weigh(exposure, hurt, onset, response, alone, fleet);
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
        return new Verdict(candidates, 1 / sum);
    }

    private DoseResponse response(ClusterReport report) {
        return new DoseResponse(
                report.trajectory(),
                report.interval(),
                settings.detect().leastTick(),
                report.onset().orElse(report.time()));
    }

    /** The weight of a rollout against that of "none of them", which is 1. */
    private Weighed weigh(
            RolloutExposure exposure,
            ClusterReport hurt,
            Instant onset,
            DoseResponse response,
            double alone,
            Collection<ClusterReport> fleet) {
        Instant latestOnset = onset.plus(hurt.interval().multipliedBy(2)).plus(CLOCK_SKEW);
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
                * likelihoodRatio(exposure, response, alone)
                * elsewhere(exposure, hurt, fleet)
                * contrast(exposure, hurt, onset, fleet);
        return new Weighed(exposure, weight, Optional.empty());
    }

    /** The effect on one cluster given that the rollout caused it, against a cause of its own. */
    private static double likelihoodRatio(RolloutExposure exposure, DoseResponse response, double alone) {
        double byDose = Math.exp(Math.min(50, response.following(exposure) - alone));
        Instant first = exposure.firstExposed().orElseThrow();
        double otherwise = Math.exp(response.stepping(first) - alone);
        return (1 - NOT_BY_DOSE) * byDose + NOT_BY_DOSE * otherwise;
    }

    /** What other hurt clusters say of the same rollout: being hurt one after the other as it arrives is no accident. */
    private double elsewhere(RolloutExposure exposure, ClusterReport hurt, Collection<ClusterReport> fleet) {
        double ratio = 1;
        for (ClusterReport other : fleet) {
            if (other.cluster().equals(hurt.cluster()) || other.health() != ClusterReport.Health.HURT) continue;
            DoseResponse response = response(other);
            if (!response.informative()) continue;
            for (RolloutExposure there : other.exposures()) {
                if (!there.rolloutId().equals(exposure.rolloutId())
                        || there.firstExposed().isEmpty()) continue;
                double one = likelihoodRatio(there, response, response.stepping(Instant.MIN));
                ratio *= Math.max(1 / MOST_FROM_ELSEWHERE, Math.min(MOST_FROM_ELSEWHERE, one));
            }
        }
        return ratio;
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

    private static String apart(Instant from, Instant to) {
        return Wording.duration(Duration.between(from, to));
    }
}
