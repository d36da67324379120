package dev.andon.http;

import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.Signal;
import dev.andon.http.view.ClusterView;
import dev.andon.http.view.Fleet;
import dev.andon.http.view.FleetView;
import dev.andon.http.view.RolloutView;
import dev.andon.service.LiveFamilies;
import dev.andon.service.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The view as metrics: what dashboards show of clusters, rollouts and deliveries. Every instance shows the whole fleet, so
 * a query takes the maximum and not the sum. What is named is bounded; the console and the API know all of it.
 */
final class FleetMeters {
    private static final int MOST_CLUSTERS = 2_000;
    private static final int MOST_ROLLOUTS = 200;
    private static final Duration RECENT = Duration.ofHours(1);

    private final FleetView view;
    private final MeterRegistry registry;
    private final boolean enforced;
    private final Clock clock;
    private final HaltWatch halts = new HaltWatch();

    private FleetMeters(FleetView view, MeterRegistry registry, boolean enforced, Clock clock) {
        this.view = view;
        this.registry = registry;
        this.enforced = enforced;
        this.clock = clock;
    }

    /** @param enforced whether anybody is expected to obey a HALT */
    static FleetMeters register(FleetView view, Metrics metrics, boolean enforced, Clock clock) {
        FleetMeters meters = new FleetMeters(view, metrics.registry(), enforced, clock);
        metrics.collect(meters::describe);
        return meters;
    }

    /** @param live whether it is news, and not history that is read again after a start */
    void accept(Delivery delivery, boolean live) {
        halts.accept(delivery);
        if (!live) return;
        Counter.builder("andon.deliveries")
                .description("What became of deliveries of signals, by connector")
                .tag("sink", delivery.sink())
                .tag("status", lower(delivery.status()))
                .register(registry)
                .increment();
        delivery.latency().ifPresent(latency -> Timer.builder("andon.delivery.latency")
                .description("Time from an attempt to deliver to its answer")
                .tag("sink", delivery.sink())
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10))
                .register(registry)
                .record(latency));
    }

    private void describe(LiveFamilies families) {
        Fleet fleet = view.now();
        fleet.clusters().stream().limit(MOST_CLUSTERS).forEach(cluster -> describe(cluster, families));
        recent(fleet).forEach(rollout -> describe(rollout, families));
        standing(fleet, families);
    }

    private static void describe(ClusterView cluster, LiveFamilies families) {
        String[] label = {"cluster", cluster.name()};
        families.gauge(
                "andon_cluster_seen_timestamp_seconds",
                "Time of the newest sample or event of a cluster",
                cluster.seen().toEpochMilli() / 1e3,
                label);
        families.gauge(
                "andon_cluster_changes",
                "Series of a cluster that have changed and not recovered",
                cluster.changes().size(),
                label);
        families.gauge(
                "andon_cluster_alarm",
                "Whether an ALARM stands for a cluster",
                cluster.alarm().isPresent() ? 1 : 0,
                label);
        cluster.nodes()
                .ifPresent(nodes -> families.gauge("andon_cluster_nodes", "Nodes of a cluster", (double) nodes, label));
        cluster.latency().ifPresent(level -> {
            families.gauge(
                    "andon_cluster_apiserver_requests_per_second",
                    "Requests to the apiservers of a cluster in the newest interval",
                    level.requestsPerSecond(),
                    label);
            families.gauge(
                    "andon_cluster_apiserver_latency_mean_seconds",
                    "Mean latency of the apiservers of a cluster in the newest interval",
                    level.meanSeconds(),
                    label);
            families.gauge(
                    "andon_cluster_apiserver_latency_p99_seconds",
                    "99th percentile of the latency of the apiservers of a cluster in the newest interval",
                    level.p99Seconds(),
                    label);
        });
        cluster.dns()
                .ifPresent(level -> families.gauge(
                        "andon_cluster_dns_error_ratio",
                        "Failed DNS answers and timeouts of all questions in a cluster in the newest interval",
                        level.errorRatio(),
                        label));
    }

    private static List<RolloutView> recent(Fleet fleet) {
        Instant since = fleet.time().minus(RECENT);
        return fleet.rollouts().stream()
                .filter(rollout ->
                        rollout.standing().isPresent() || rollout.lastSeen().isAfter(since))
                .sorted(Comparator.comparing(RolloutView::lastSeen).reversed())
                .limit(MOST_ROLLOUTS)
                .toList();
    }

    private static void describe(RolloutView rollout, LiveFamilies families) {
        for (RolloutView.Place place : rollout.places()) {
            String[] labels = {"rollout", rollout.rolloutId(), "cluster", place.cluster()};
            families.gauge(
                    "andon_rollout_updated",
                    "Nodes, Pods or other places that a rollout has reached in a cluster",
                    (double) place.coverage().updated(),
                    labels);
            families.gauge(
                    "andon_rollout_places",
                    "Nodes, Pods or other places that a rollout is to reach in a cluster",
                    (double) place.coverage().total(),
                    labels);
        }
        Optional<Signal> standing = rollout.standing();
        standing.ifPresent(signal -> families.gauge(
                "andon_rollout_standing",
                "1 while this signal stands for a rollout",
                1,
                "rollout",
                rollout.rolloutId(),
                "action",
                lower(signal.action())));
    }

    private void standing(Fleet fleet, LiveFamilies families) {
        Map<Action, Integer> counts = new EnumMap<>(Action.class);
        for (RolloutView rollout : fleet.rollouts()) {
            rollout.standing().ifPresent(signal -> counts.merge(signal.action(), 1, Integer::sum));
        }
        for (Action action : List.of(Action.HALT, Action.HOLD)) {
            families.gauge(
                    "andon_signals_standing",
                    "Signals that stand for rollouts",
                    counts.getOrDefault(action, 0),
                    "action",
                    lower(action));
        }
        HaltWatch.Unverified unverified =
                enforced ? halts.among(fleet.rollouts(), clock.instant()) : HaltWatch.Unverified.NONE;
        families.gauge(
                "andon_halts_unverified",
                "HALTs that stand and that nobody has seen to have taken; 0 in mode observe",
                unverified.count());
        families.gauge(
                "andon_halts_unverified_oldest_seconds",
                "Age of the oldest HALT that nobody has seen to have taken; 0 when there is none",
                unverified.oldest().toMillis() / 1e3);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
