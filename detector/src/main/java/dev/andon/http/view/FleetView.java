package dev.andon.http.view;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.Delivery;
import dev.andon.domain.Input;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is known now from what passes through the topics. Bounded: the rollouts that were silent longest are forgotten
 * first. Order and repetition do not matter. Thread-safe.
 */
public final class FleetView {
    private static final int MOST_ROLLOUTS = 2_000;
    private static final int MOST_CLUSTERS = 20_000;
    private static final int MOST_RECENT = 1_000;
    /** Two hours of 10 s intervals: 46 KB per cluster. */
    private static final int INTERVALS = 720;
    /** Only so many clusters have a history: at most 46 MB. Those that come later have the newest intervals only. */
    private static final int MOST_HISTORIES = 1_000;

    private static final int FEWEST_INTERVALS = 16;

    private final Map<String, ClusterMemory> clusters = new TreeMap<>();
    /** In the order of their newest event, so that the eldest is the one to forget. */
    private final Map<String, RolloutMemory> rollouts = new LinkedHashMap<>();

    /** Signals that were read before any event of their rollout: topics are read side by side. */
    private final Map<String, List<Signal>> early = new LinkedHashMap<>();

    private final Recent<String, Signal> signals = new Recent<>(MOST_RECENT);
    private final Recent<ChangePoint, ChangePoint> changePoints = new Recent<>(MOST_RECENT);
    private final Recent<Delivery, Delivery> deliveries = new Recent<>(MOST_RECENT);
    private final Recent<OperatorOverride, OperatorOverride> overrides = new Recent<>(MOST_RECENT);
    private final Deliveries progress = new Deliveries();
    private final Courses courses = new Courses();
    private Instant time = Instant.EPOCH;

    /** Takes in a rollout event, a sample or what is known of a cluster. */
    public synchronized void accept(Input input) {
        saw(input.time());
        ClusterMemory cluster = cluster(input.cluster());
        if (cluster != null) cluster.accept(input);
        if (input instanceof RolloutEvent event) {
            accept(event);
            courses.accept(event);
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
        changePoints.add(change, change);
    }

    public synchronized void accept(Signal signal) {
        saw(signal.time());
        if (!signals.add(signal.signalId(), signal)) return;
        signal.rolloutId().ifPresent(rolloutId -> accept(rolloutId, signal));
        signal.cluster().map(this::cluster).ifPresent(cluster -> cluster.accept(signal));
    }

    public synchronized void accept(Delivery delivery) {
        deliveries.add(delivery, delivery);
        progress.accept(delivery);
    }

    public synchronized void accept(OperatorOverride override) {
        overrides.add(override, override);
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
        clusters.values().forEach(memory -> allClusters.add(memory.view(progress)));
        List<RolloutView> allRollouts = new ArrayList<>(rollouts.size());
        rollouts.values().forEach(memory -> allRollouts.add(memory.view(time, progress)));
        allRollouts.sort(Comparator.comparing(RolloutView::firstSeen).thenComparing(RolloutView::rolloutId));
        return new Fleet(time, allClusters, allRollouts, signals.all(), changePoints.all(), overrides.all());
    }

    /** @return one rollout; empty when no event of it was seen */
    public synchronized Optional<RolloutView> rollout(String rolloutId) {
        return Optional.ofNullable(rollouts.get(rolloutId)).map(memory -> memory.view(time, progress));
    }

    /** @return one rollout with all that is remembered of it; empty when no event of it was seen */
    public synchronized Optional<RolloutStory> story(String rolloutId) {
        return rollout(rolloutId).map(rollout -> {
            Set<String> signalIds =
                    rollout.signals().stream().map(Signal::signalId).collect(Collectors.toSet());
            Set<String> places =
                    rollout.places().stream().map(RolloutView.Place::cluster).collect(Collectors.toSet());
            return new RolloutStory(
                    rollout,
                    courses.of(rolloutId),
                    changePoints.those(change ->
                            places.contains(change.cluster()) && !change.time().isBefore(rollout.firstSeen())),
                    deliveries.those(delivery -> signalIds.contains(delivery.signalId())),
                    overrides.those(override -> override.rolloutId().equals(rolloutId)));
        });
    }

    /** @return how one cluster fared; empty when nothing of it was seen */
    public synchronized Optional<Levels> levels(String cluster) {
        return Optional.ofNullable(clusters.get(cluster))
                .map(memory -> new Levels(
                        memory.view(progress),
                        memory.latencies(),
                        memory.dnsLevels(),
                        changePoints.those(change -> change.cluster().equals(cluster))));
    }

    private void saw(Instant when) {
        if (when.isAfter(time)) time = when;
    }

    /** Past the bound a new cluster is not shown; the detector still watches it. */
    private @Nullable ClusterMemory cluster(String name) {
        if (clusters.size() >= MOST_CLUSTERS && !clusters.containsKey(name)) return null;
        int intervals = clusters.size() < MOST_HISTORIES ? INTERVALS : FEWEST_INTERVALS;
        return clusters.computeIfAbsent(name, added -> new ClusterMemory(added, intervals));
    }

    private static void forgetEldest(Map<String, ?> byRollout) {
        if (byRollout.size() > MOST_ROLLOUTS) {
            byRollout.remove(byRollout.keySet().iterator().next());
        }
    }
}
