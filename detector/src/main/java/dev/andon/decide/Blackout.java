package dev.andon.decide;

import dev.andon.domain.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Silence as evidence: telemetry that vanishes where a rollout came, and not elsewhere, may be its doing.
 *
 * <p>A scrape that fails for a minute is no news, and neither is silence everywhere: that is trouble of our own. Clusters are
 * the places of a 2x2 table: with and without the rollout, silent and not. Pure.
 */
final class Blackout {
    /** Shorter silence is an ordinary gap. */
    private static final Duration LONGEST_GAP = Duration.ofSeconds(100);
    /** Silence that begins later than this after the last step has another cause. */
    private static final Duration LATEST = Duration.ofMinutes(5);
    /** How long a rollout is held at a time. */
    private static final Duration HELD_FOR = Duration.ofMinutes(2);
    /** Two clusters, one of them with the rollout and silent, are as little as says anything: that is one half. */
    private static final double LIKELY = 0.501;

    private final Duration leastTick;

    Blackout(Settings settings) {
        this.leastTick = settings.detect().leastTick();
    }

    Optional<Precaution> against(RolloutExposure exposure, ClusterReport report, Collection<ClusterReport> fleet) {
        if (!silent(report) || !followed(exposure, report)) return Optional.empty();
        Seen seen = seen(exposure.rolloutId(), fleet);
        return seen.saysNothing() ? Optional.empty() : Optional.of(told(exposure, report, seen, seen.byChance()));
    }

    /** @param byChance probability of what is seen if the rollout did not matter */
    Precaution told(RolloutExposure exposure, ClusterReport silent, Seen seen, double byChance) {
        Instant newest = silent.newestSample().orElseThrow();
        Evidence evidence =
                new Evidence("telemetry", Evidence.Kind.SILENCE, 1, 0, "1", newest, byChance, seen.silentWith());
        return new Precaution(
                silent.time().plus(HELD_FOR),
                "all telemetry of " + silent.cluster() + " has been silent for "
                        + Wording.duration(Duration.between(newest, silent.time())) + ", since "
                        + Wording.exposure(exposure, newest) + "; silent are " + seen.silentWith() + " of "
                        + (seen.silentWith() + seen.talkingWith()) + " clusters that have it" + seen.others(),
                List.of(evidence));
    }

    static Seen seen(String rolloutId, Collection<ClusterReport> fleet) {
        int silentWith = 0;
        int talkingWith = 0;
        int silentWithout = 0;
        int talkingWithout = 0;
        for (ClusterReport other : fleet) {
            boolean with = other.exposures().stream()
                    .anyMatch(e ->
                            e.rolloutId().equals(rolloutId) && e.firstExposed().isPresent());
            boolean silent = silent(other);
            if (with && silent) silentWith++;
            else if (with) talkingWith++;
            else if (silent) silentWithout++;
            else talkingWithout++;
        }
        return new Seen(silentWith, talkingWith, silentWithout, talkingWithout);
    }

    /** The table: clusters with the rollout and without, silent and talking. */
    record Seen(int silentWith, int talkingWith, int silentWithout, int talkingWithout) {
        /** With nobody talking the silence may be ours, and what is as likely by chance is not the rollout's. */
        boolean saysNothing() {
            return talkingWith + talkingWithout == 0 || byChance() > LIKELY;
        }

        private String others() {
            int without = silentWithout + talkingWithout;
            return without == 0 ? "" : " and " + silentWithout + " of " + without + " that do not";
        }

        /** @return probability of so many silent ones among those with the rollout if it did not matter (Fisher 1922) */
        double byChance() {
            int silent = silentWith + silentWithout;
            int with = silentWith + talkingWith;
            int all = with + silentWithout + talkingWithout;
            double sum = 0;
            for (int k = silentWith; k <= Math.min(silent, with); k++) {
                sum += Math.exp(choose(with, k) + choose(all - with, silent - k) - choose(all, silent));
            }
            return Math.min(1, sum);
        }

        /** Logarithm of the binomial coefficient; minus infinity where there is no choice. */
        private static double choose(int from, int count) {
            if (count < 0 || count > from) return Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int i = 1; i <= count; i++) sum += Math.log((from - count + i) / (double) i);
            return sum;
        }
    }

    /** @return whether nothing has been heard of the cluster for longer than an ordinary gap lasts */
    static boolean silent(ClusterReport report) {
        return report.health() == ClusterReport.Health.UNKNOWN
                && report.newestSample()
                        .map(newest -> newest.plus(LONGEST_GAP).isBefore(report.time()))
                        .orElse(false);
    }

    /** @return when the sample was due that did not come */
    Instant since(ClusterReport silent) {
        return silent.newestSample().orElseThrow().plus(leastTick);
    }

    /** Whether the silence began after the rollout came, and soon after it widened. */
    boolean followed(RolloutExposure exposure, ClusterReport silent) {
        Instant since = since(silent);
        return exposure.firstExposed().map(first -> !first.isAfter(since)).orElse(false)
                && exposure.steps().stream()
                        .anyMatch(step -> !step.time().isAfter(since)
                                && !step.time().plus(LATEST).isBefore(since));
    }
}
