package dev.andon.decide;

import dev.andon.domain.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which rollout silenced a cluster, or none of them: a posterior over the rollouts that came before its telemetry vanished.
 *
 * <p>One silent cluster is seldom more than a collector that has failed. Several that vanish one after the other, each soon
 * after the same rollout came, while others still talk, are no accident. Pure; O(clusters x rollouts).
 */
final class BlackoutBlame {
    /** Prior weight of one rollout that came before the silence, against 1 for a cause that lasts. */
    private static final double PRIOR_PER_ROLLOUT = 2;
    /** Weight of a collector that fails for a while, which is what most silence comes from. */
    private static final double COLLECTOR = 30;

    /** Mean time from the first place that is updated to the silence, and that in which an accident falls, in s. */
    private static final double MEAN_LAG = 60;

    private static final double WINDOW = 600;
    private static final double LEAST_FROM_LAG = 0.05;

    /** Two clusters silenced by causes of their own, one after the other, are this much rarer than one rollout that does both. */
    private static final double TWO_ACCIDENTS = 10;
    /** A cause that is no rollout explains clusters that vanish at once, this much better than one of each. */
    private static final double SHARED_CAUSE = 2.5;

    private static final Duration AT_ONCE = Duration.ofSeconds(30);
    private static final double SILENT_WITHOUT = 0.02;
    private static final double TALKING_WITH = 0.4;
    private static final double LEAST_FROM_TALKING = 0.15;
    /** A cluster that has had the rollout for this long and talks says something. */
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    private final Blackout blackout;

    BlackoutBlame(Blackout blackout) {
        this.blackout = blackout;
    }

    /**
     * @param silent a cluster of which nothing is heard
     * @param fleet newest reports of all clusters, {@code silent} among them
     * @return nobody where no cluster talks: that is trouble of our own
     */
    Blame.Verdict judge(ClusterReport silent, Collection<ClusterReport> fleet) {
        if (fleet.stream().allMatch(Blackout::silent)) return new Blame.Verdict(List.of(), 1);
        TreeMap<String, Double> weights = new TreeMap<>();
        for (RolloutExposure exposure : silent.exposures()) {
            if (!blackout.followed(exposure, silent)) continue;
            weights.put(exposure.rolloutId(), PRIOR_PER_ROLLOUT * weight(exposure.rolloutId(), fleet));
        }
        double none = 1 + COLLECTOR;
        double sum = none + weights.values().stream().mapToDouble(w -> w).sum();
        List<Candidate> candidates = new ArrayList<>();
        weights.forEach((id, weight) -> candidates.add(new Candidate(id, weight / sum, false, Optional.empty())));
        candidates.sort(Comparator.comparingDouble(Candidate::probability).reversed());
        return new Blame.Verdict(candidates, none / sum);
    }

    private double weight(String rolloutId, Collection<ClusterReport> fleet) {
        double weight = 1;
        double talking = 1;
        List<Instant> vanished = new ArrayList<>();
        for (ClusterReport report : fleet) {
            Optional<RolloutExposure> exposure = exposed(rolloutId, report);
            if (Blackout.silent(report)) {
                boolean followed = exposure.isPresent() && blackout.followed(exposure.get(), report);
                weight *= followed ? lag(exposure.get(), blackout.since(report)) : SILENT_WITHOUT;
                if (followed) vanished.add(blackout.since(report));
            } else if (exposure.isPresent() && lasted(exposure.get(), report)) {
                talking *= TALKING_WITH;
            }
        }
        vanished.sort(Comparator.naturalOrder());
        for (int i = 1; i < vanished.size(); i++) {
            boolean atOnce = !vanished.get(i - 1).plus(AT_ONCE).isBefore(vanished.get(i));
            weight *= atOnce ? 1 / SHARED_CAUSE : TWO_ACCIDENTS;
        }
        return weight * Math.max(LEAST_FROM_TALKING, talking);
    }

    private static Optional<RolloutExposure> exposed(String rolloutId, ClusterReport report) {
        return report.exposures().stream()
                .filter(exposure -> exposure.rolloutId().equals(rolloutId))
                .filter(exposure -> exposure.firstExposed().isPresent())
                .findFirst();
    }

    private static boolean lasted(RolloutExposure exposure, ClusterReport report) {
        return exposure.firstExposed().orElseThrow().plus(LONG_ENOUGH).isBefore(report.time());
    }

    /** Density of the time that a rollout takes to silence a cluster, over that of an accident. */
    private static double lag(RolloutExposure exposure, Instant since) {
        Duration lag = Duration.between(exposure.firstExposed().orElseThrow(), since);
        double seconds = Math.max(0, lag.toMillis() / 1e3);
        return Math.max(LEAST_FROM_LAG, WINDOW / MEAN_LAG * Math.exp(-seconds / MEAN_LAG));
    }
}
