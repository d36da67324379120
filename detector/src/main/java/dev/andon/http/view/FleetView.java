package dev.andon.http.view;

import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Input;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known now from what passes through the topics. Bounded: the rollouts that were silent longest are forgotten
 * first. Order and repetition do not matter. Thread-safe.
 */
public final class FleetView {
    private static final int MOST_ROLLOUTS = 2_000;
    private static final int MOST_CLUSTERS = 20_000;
    private static final int MOST_RECENT = 200;

    private final Map<String, ClusterMemory> clusters = new TreeMap<>();
    /** In the order of their newest event, so that the eldest is the one to forget. */
    private final Map<String, RolloutMemory> rollouts = new LinkedHashMap<>();

    /** Signals that were read before any event of their rollout: topics are read side by side. */
    private final Map<String, List<Signal>> early = new LinkedHashMap<>();

    private final Deque<Signal> signals = new ArrayDeque<>();
    private final Deque<ChangePoint> changePoints = new ArrayDeque<>();
    private Instant time = Instant.EPOCH;

    /** Takes in a rollout event, a sample or what is known of a cluster. */
    public synchronized void accept(Input input) {
        saw(input.time());
        ClusterMemory cluster = cluster(input.cluster());
        if (cluster != null) cluster.accept(input);
        if (input instanceof RolloutEvent event) {
            accept(event);
        }
    }

    private void accept(RolloutEvent event) {
        RolloutMemory known = rollouts.remove(event.rolloutId());
        RolloutMemory rollout = known == null ? begin(event) : known;
        rollout.accept(event);
        rollouts.put(event.rolloutId(), rollout);
        forgetEldest(rollouts);
    }

    private RolloutMemory begin(RolloutEvent event) {
        RolloutMemory rollout = new RolloutMemory(event);
        List<Signal> waiting = early.remove(event.rolloutId());
        if (waiting != null) waiting.forEach(rollout::accept);
        return rollout;
    }

    public synchronized void accept(ChangePoint change) {
        saw(change.time());
        ClusterMemory cluster = cluster(change.cluster());
        if (cluster != null) cluster.accept(change);
        remember(changePoints, change);
    }

    public synchronized void accept(Signal signal) {
        saw(signal.time());
        if (signals.stream().anyMatch(known -> known.signalId().equals(signal.signalId()))) return;
        remember(signals, signal);
        signal.rolloutId().ifPresent(rolloutId -> accept(rolloutId, signal));
        if (signal.action() == Action.ALARM) {
            signal.cluster().map(this::cluster).ifPresent(cluster -> cluster.accept(signal));
        }
    }

    private void accept(String rolloutId, Signal signal) {
        RolloutMemory rollout = rollouts.get(rolloutId);
        if (rollout != null) {
            rollout.accept(signal);
            return;
        }
        early.computeIfAbsent(rolloutId, id -> new ArrayList<>()).add(signal);
        forgetEldest(early);
    }

    /** @return everything, as one consistent value */
    public synchronized Fleet now() {
        List<ClusterView> allClusters = new ArrayList<>(clusters.size());
        clusters.values().forEach(memory -> allClusters.add(memory.view()));
        List<RolloutView> allRollouts = new ArrayList<>(rollouts.size());
        rollouts.values().forEach(memory -> allRollouts.add(memory.view(time)));
        allRollouts.sort(Comparator.comparing(RolloutView::firstSeen).thenComparing(RolloutView::rolloutId));
        return new Fleet(time, allClusters, allRollouts, List.copyOf(signals), List.copyOf(changePoints));
    }

    /** @return one rollout; empty when no event of it was seen */
    public synchronized Optional<RolloutView> rollout(String rolloutId) {
        return Optional.ofNullable(rollouts.get(rolloutId)).map(memory -> memory.view(time));
    }

    private void saw(Instant when) {
        if (when.isAfter(time)) time = when;
    }

    /** Past the bound a new cluster is not shown; the detector still watches it. */
    private @Nullable ClusterMemory cluster(String name) {
        if (clusters.size() >= MOST_CLUSTERS && !clusters.containsKey(name)) return null;
        return clusters.computeIfAbsent(name, ClusterMemory::new);
    }

    private static void forgetEldest(Map<String, ?> byRollout) {
        if (byRollout.size() > MOST_ROLLOUTS) {
            byRollout.remove(byRollout.keySet().iterator().next());
        }
    }

    private static <T> void remember(Deque<T> recent, T value) {
        recent.addLast(value);
        if (recent.size() > MOST_RECENT) recent.removeFirst();
    }
}
