package dev.andon.simulate;

import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A CD system as a state machine: widens rollouts by their plans and obeys signals. HALT stops that rollout
 * everywhere, HOLD stops its widening until a given time, CLEAR lets it go on.
 *
 * <p>Pure: {@link #step} and {@link #obey} mutate nothing. Times are durations since the start of the scenario.
 */
final class CdSystem {
    private final List<RolloutPlan> plans;
    private final Map<String, ClusterSpec> clusters = new LinkedHashMap<>();
    private final Conduct conduct;

    /**
     * How it reacts to a HALT.
     *
     * @param rollBackWithin how long it takes to bring a halted cluster back; empty when it only stops
     * @param resumeHalted whether a CLEAR also lets a halted rollout go on; one that rolls back never does
     */
    record Conduct(Optional<Duration> rollBackWithin, boolean resumeHalted) {
        static final Conduct STOP_AND_ROLL_BACK = new Conduct(Optional.of(Duration.ofSeconds(10)), false);
        static final Conduct STOP_ONLY = new Conduct(Optional.empty(), true);
    }

    /** One rollout in one cluster. */
    record Place(String rolloutId, String cluster) {}

    /** @param updated places that run the new revision; fractional between two steps of a slow wave */
    record Progress(double updated, long total, Phase phase) {
        Coverage coverage() {
            return new Coverage((long) Math.floor(updated + 1e-9), total);
        }
    }

    /**
     * @param progress of the waves that have begun
     * @param halted rollouts that were told to stop
     * @param heldUntil rollouts that must not widen before a time
     */
    record State(Map<Place, Progress> progress, List<String> halted, Map<String, Duration> heldUntil) {
        static final State EMPTY = new State(Map.of(), List.of(), Map.of());

        State {
            progress = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(progress));
            halted = List.copyOf(halted);
            heldUntil = Map.copyOf(heldUntil);
        }

        /** @return the coverage of every rollout in this cluster */
        Map<String, Coverage> coverage(String cluster) {
            Map<String, Coverage> coverage = new LinkedHashMap<>();
            progress.forEach((place, value) -> {
                if (place.cluster().equals(cluster)) coverage.put(place.rolloutId(), value.coverage());
            });
            return coverage;
        }
    }

    /** The state after a step, and what the world is told. */
    record Step(State next, List<RolloutEvent> events) {
        Step {
            events = List.copyOf(events);
        }
    }

    CdSystem(List<RolloutPlan> plans, List<ClusterSpec> clusters, Conduct conduct) {
        this.plans = List.copyOf(plans);
        clusters.forEach(spec -> this.clusters.put(spec.name(), spec));
        this.conduct = conduct;
    }

    /** @return the state after an order; orders about rollouts that it does not know change nothing */
    State obey(State state, CdOrder order) {
        if (plans.stream().noneMatch(plan -> plan.rolloutId().equals(order.rolloutId()))) return state;
        List<String> halted = new ArrayList<>(state.halted());
        Map<String, Duration> held = new LinkedHashMap<>(state.heldUntil());
        switch (order.kind()) {
            case HALT -> {
                if (!halted.contains(order.rolloutId())) halted.add(order.rolloutId());
            }
            case HOLD -> held.put(order.rolloutId(), order.until());
            case CLEAR -> {
                held.remove(order.rolloutId());
                if (conduct.resumeHalted()) halted.remove(order.rolloutId());
            }
        }
        return new State(state.progress(), halted, held);
    }

    /**
     * Lets time pass.
     *
     * @param now end of the step, since the start of the scenario
     * @param length of the step
     * @param stamp what the events of this step are dated
     */
    Step step(State state, Duration now, Duration length, Instant stamp) {
        Map<Place, Progress> progress = new LinkedHashMap<>(state.progress());
        List<RolloutEvent> events = new ArrayList<>();
        for (RolloutPlan plan : plans) {
            for (RolloutPlan.Wave wave : plan.waves()) {
                Place place = new Place(plan.rolloutId(), wave.cluster());
                Progress before = progress.get(place);
                if (before == null) {
                    if (now.compareTo(wave.start()) < 0 || mayNotWiden(state, plan.rolloutId(), now)) continue;
                    before = new Progress(0, wave.total(), Phase.STARTED);
                    events.add(event(plan, wave, before, stamp));
                }
                Progress after = advance(state, plan, wave, before, now, length);
                progress.put(place, after);
                boolean told = after.coverage().equals(before.coverage()) && after.phase() == before.phase();
                if (!told) events.add(event(plan, wave, after, stamp));
            }
        }
        return new Step(new State(progress, state.halted(), state.heldUntil()), events);
    }

    private boolean mayNotWiden(State state, String rolloutId, Duration now) {
        Duration until = state.heldUntil().get(rolloutId);
        return state.halted().contains(rolloutId) || (until != null && now.compareTo(until) < 0);
    }

    private Progress advance(
            State state, RolloutPlan plan, RolloutPlan.Wave wave, Progress before, Duration now, Duration length) {
        if (state.halted().contains(plan.rolloutId())) return stopped(before, length);
        if (before.phase() == Phase.COMPLETED) return before;
        if (mayNotWiden(state, plan.rolloutId(), now)) {
            return new Progress(before.updated(), before.total(), Phase.PAUSED);
        }
        double share = wave.length().isZero()
                ? 1
                : (double) length.toMillis() / wave.length().toMillis();
        double updated = Math.min((double) before.total(), before.updated() + share * before.total());
        boolean done = updated >= before.total() - 1e-9;
        if (!done && updated < 1 && before.phase() == Phase.STARTED) {
            return new Progress(updated, before.total(), Phase.STARTED);
        }
        return new Progress(updated, before.total(), done ? Phase.COMPLETED : Phase.PROGRESSING);
    }

    /** A halted rollout stands still, and is then taken back where the CD system does that. */
    private Progress stopped(Progress before, Duration length) {
        if (conduct.rollBackWithin().isEmpty()) {
            Phase phase = before.phase().over() ? before.phase() : Phase.ABORTED;
            return new Progress(before.updated(), before.total(), phase);
        }
        if (before.phase() == Phase.ROLLED_BACK) return before;
        if (before.phase() != Phase.ABORTED) return new Progress(before.updated(), before.total(), Phase.ABORTED);
        double share = (double) length.toMillis()
                / Math.max(1, conduct.rollBackWithin().get().toMillis());
        double updated = Math.max(0, before.updated() - share * before.total());
        return new Progress(updated, before.total(), updated < 1 ? Phase.ROLLED_BACK : Phase.ABORTED);
    }

    private RolloutEvent event(RolloutPlan plan, RolloutPlan.Wave wave, Progress progress, Instant stamp) {
        ClusterSpec spec = clusters.get(wave.cluster());
        return new RolloutEvent(
                stamp,
                plan.rolloutId(),
                wave.cluster(),
                progress.phase(),
                plan.workload(),
                Optional.of(plan.revision()),
                Optional.of(progress.coverage()),
                spec == null ? OptionalLong.empty() : OptionalLong.of(spec.nodes()),
                Optional.of(plan.identity()),
                Optional.of(plan.controller()));
    }
}
