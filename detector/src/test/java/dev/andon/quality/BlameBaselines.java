package dev.andon.quality;

import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.RolloutEvent;
import dev.andon.simulate.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What simple rules would have blamed, told the true onset: the rollout that moved last before it, the one whose clusters became
 * slowest compared with before, and the same against clusters that do not have it (difference in differences). Each must name
 * somebody.
 */
record BlameBaselines(Optional<String> mostRecent, Optional<String> beforeAfter, Optional<String> differences) {
    /** How much of the time before and after the onset is compared. */
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Mean latency of a cluster, as a sum and a count. */
    private static final class Mean {
        private double seconds;
        private double requests;

        void add(LatencySample sample) {
            seconds += sample.latency().sum().orElse(0);
            requests += sample.latency().total();
        }

        double logarithm() {
            return Math.log((seconds + 1e-6) / (requests + 1));
        }
    }

    static BlameBaselines of(List<Input> inputs, Truth truth) {
        if (truth.onset().isEmpty()) {
            return new BlameBaselines(Optional.empty(), Optional.empty(), Optional.empty());
        }
        Instant onset = truth.onset().get();
        Map<String, Map<String, Instant>> reached = reached(inputs, onset);
        Map<String, Double> rise = rises(inputs, onset);
        return new BlameBaselines(
                mostRecent(inputs, onset),
                likeliest(reached, onset, clusters -> mean(rise, clusters::containsKey)),
                likeliest(
                        reached,
                        onset,
                        clusters ->
                                mean(rise, clusters::containsKey) - mean(rise, name -> !clusters.containsKey(name))));
    }

    private static Optional<String> mostRecent(List<Input> inputs, Instant onset) {
        return inputs.stream()
                .filter(RolloutEvent.class::isInstance)
                .map(RolloutEvent.class::cast)
                .filter(event -> !event.time().isAfter(onset))
                .max(Comparator.comparing(RolloutEvent::time))
                .map(RolloutEvent::rolloutId);
    }

    /** Which clusters each rollout had reached by the onset, and when. */
    private static Map<String, Map<String, Instant>> reached(List<Input> inputs, Instant onset) {
        Map<String, Map<String, Instant>> reached = new HashMap<>();
        for (Input input : inputs) {
            if (!(input instanceof RolloutEvent event) || event.time().isAfter(onset)) continue;
            if (event.coverage().map(coverage -> coverage.updated() == 0).orElse(false)) continue;
            reached.computeIfAbsent(event.rolloutId(), id -> new HashMap<>())
                    .putIfAbsent(event.cluster(), event.time());
        }
        return reached;
    }

    /** By how much the logarithm of mean latency rose in each cluster. */
    private static Map<String, Double> rises(List<Input> inputs, Instant onset) {
        Map<String, Mean> before = new HashMap<>();
        Map<String, Mean> after = new HashMap<>();
        for (Input input : inputs) {
            if (!(input instanceof LatencySample sample)) continue;
            boolean early = !sample.time().isAfter(onset);
            Duration apart = Duration.between(onset, sample.time()).abs();
            if (apart.compareTo(WINDOW) > 0) continue;
            (early ? before : after)
                    .computeIfAbsent(sample.cluster(), name -> new Mean())
                    .add(sample);
        }
        Map<String, Double> rises = new HashMap<>();
        before.forEach((cluster, mean) -> {
            Mean later = after.get(cluster);
            if (later != null) rises.put(cluster, later.logarithm() - mean.logarithm());
        });
        return rises;
    }

    private static double mean(Map<String, Double> rises, Predicate<String> which) {
        return rises.entrySet().stream()
                .filter(rise -> which.test(rise.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElse(0);
    }

    private interface Score {
        double of(Map<String, Instant> clusters);
    }

    /** Ties go to one of them by lot, so that names do not matter; the same on every run. */
    private static Optional<String> likeliest(Map<String, Map<String, Instant>> reached, Instant onset, Score score) {
        return reached.entrySet().stream()
                .max(Comparator.comparingDouble(
                                (Map.Entry<String, Map<String, Instant>> entry) -> score.of(entry.getValue()))
                        .thenComparing(
                                entry -> new Random(entry.getKey().hashCode() + 31L * onset.toEpochMilli()).nextLong()))
                .map(Map.Entry::getKey);
    }
}
