package dev.andon.quality;

import dev.andon.domain.Input;
import dev.andon.domain.RolloutEvent;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Recorded;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import dev.andon.simulate.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One simulated case as rules see it. They blame nobody: what fires stops every rollout that is under way in the cluster. */
final class RuleCase {
    private final Truth truth;
    private final Map<String, Seen> clusters = new LinkedHashMap<>();
    private final List<Stay> stays = new ArrayList<>();

    /** A rollout that is under way in a cluster. */
    private record Stay(String rollout, String cluster, Instant from, Instant to) {}

    /**
     * What a rule did.
     *
     * @param delaySeconds from the onset to the first firing at or after it that stops the guilty rollout or, for a rule that
     *     watches clusters, that says the cluster is hurt
     * @param innocent whether a rollout was stopped that was not guilty
     */
    record Outcome(OptionalDouble delaySeconds, boolean innocent) {}

    private RuleCase(Recorded recorded) {
        truth = recorded.truth();
        for (Input input : recorded.inputs()) {
            clusters.computeIfAbsent(input.cluster(), cluster -> Seen.of(recorded.inputs(), cluster));
        }
        clusters.values().removeIf(Seen::isEmpty);
        Map<List<String>, Instant> open = new LinkedHashMap<>();
        for (Input input : recorded.inputs()) {
            if (!(input instanceof RolloutEvent event)) continue;
            List<String> where = List.of(event.rolloutId(), event.cluster());
            Instant from = open.computeIfAbsent(where, any -> event.time());
            if (!event.phase().over()) continue;
            stays.add(new Stay(event.rolloutId(), event.cluster(), from, event.time()));
            open.remove(where);
        }
        Instant end = recorded.inputs().get(recorded.inputs().size() - 1).time();
        open.forEach((where, from) -> stays.add(new Stay(where.get(0), where.get(1), from, end)));
    }

    static Recorded play(Scenarios scenario, long seed) {
        return ScenarioPlayer.play(scenario.create(Scenarios.Options.of(seed, Pace.BRIEF)));
    }

    static RuleCase of(Recorded recorded) {
        return new RuleCase(recorded);
    }

    boolean clean() {
        return truth.clean();
    }

    boolean guilty() {
        return truth.guilty().isPresent();
    }

    Outcome judge(Rule rule, double factor) {
        return rule.whileRollingOut() ? rollouts(rule, factor) : alerts(rule, factor);
    }

    private Outcome rollouts(Rule rule, double factor) {
        OptionalDouble delay = OptionalDouble.empty();
        boolean innocent = false;
        for (Stay stay : stays) {
            Seen seen = clusters.get(stay.cluster());
            if (seen == null) continue;
            Optional<Instant> fired = rule.fires(seen, stay.from(), stay.to(), factor);
            if (fired.isEmpty()) continue;
            boolean right = truth.guilty().equals(Optional.of(stay.rollout())) && afterOnset(fired.get());
            innocent |= !right;
            if (right) delay = least(delay, delay(fired.get()));
        }
        return new Outcome(delay, innocent);
    }

    private Outcome alerts(Rule rule, double factor) {
        OptionalDouble delay = OptionalDouble.empty();
        boolean innocent = false;
        for (Map.Entry<String, Seen> cluster : clusters.entrySet()) {
            Seen seen = cluster.getValue();
            Optional<Instant> fired = rule.fires(seen, seen.start(), seen.end(), factor);
            if (fired.isEmpty()) continue;
            innocent |= stays.stream().anyMatch(stay -> stops(stay, cluster.getKey(), fired.get()));
            // What was said too early is forgiven: it may speak again once the cluster is hurt.
            Optional<Instant> right = truth.onset().flatMap(onset -> rule.fires(seen, onset, seen.end(), factor));
            if (right.isPresent()) delay = least(delay, delay(right.get()));
        }
        return new Outcome(delay, innocent);
    }

    /** @return whether a rollout is stopped there and then that has hurt nobody */
    private boolean stops(Stay stay, String cluster, Instant now) {
        boolean underWay = stay.cluster().equals(cluster)
                && !stay.from().isAfter(now)
                && stay.to().isAfter(now);
        boolean guilty = truth.guilty().equals(Optional.of(stay.rollout())) && afterOnset(now);
        return underWay && !guilty;
    }

    private boolean afterOnset(Instant time) {
        return truth.onset().isPresent() && !time.isBefore(truth.onset().get());
    }

    private double delay(Instant time) {
        return Duration.between(truth.onset().orElseThrow(), time).toMillis() / 1e3;
    }

    private static OptionalDouble least(OptionalDouble one, double other) {
        return OptionalDouble.of(Math.min(one.orElse(Double.MAX_VALUE), other));
    }
}
