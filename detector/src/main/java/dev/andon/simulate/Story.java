package dev.andon.simulate;

import dev.andon.simulate.RolloutPlan.Wave;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a scenario together: clusters first, then rollouts and troubles, in the words of the incident reports. */
final class Story {
    /** A Wednesday afternoon in UTC, in memory of the incident. */
    private static final Instant START = Instant.parse("2026-01-14T22:30:00Z");

    private final String name;
    private final Scenarios.Options options;
    private final Draw draw;
    private final List<ClusterSpec> clusters = new ArrayList<>();
    private final List<RolloutPlan> rollouts = new ArrayList<>();
    private final Map<String, List<Disturbance>> troubles = new HashMap<>();
    private String family = "healthy";
    private boolean rough = true;
    private double retries;
    private double busyness = 1;
    private Duration prelude = Duration.ZERO;

    Story(String name, Scenarios.Options options) {
        this.name = name;
        this.options = options;
        this.draw = Draw.of(options.seed(), name, 0);
    }

    Draw draw() {
        return draw;
    }

    Pace pace() {
        return options.pace();
    }

    double severity() {
        return options.severity();
    }

    Story family(String value) {
        family = value;
        return this;
    }

    /** Only the noise that every cluster has. */
    Story calm() {
        rough = false;
        return this;
    }

    Story retries(double value) {
        retries = value;
        return this;
    }

    /** Ordinary traffic, as a multiple of the usual. */
    Story busy(double factor) {
        busyness = factor;
        return this;
    }

    /** Something that takes this long happens between the warm-up and the first rollout. */
    Story prelude(Duration value) {
        prelude = value;
        return this;
    }

    Story cluster(String cluster, String environment, int nodes) {
        clusters.add(
                ClusterSpec.ofSize(cluster, environment, nodes, options.pace().dnsCache()));
        return this;
    }

    /** The three clusters of the demo. */
    Story stagingAndTwoProductions() {
        return cluster("staging-60", "staging", 60)
                .cluster("prod-600", "production", 600)
                .cluster("prod-3000", "production", 3_000);
    }

    Story nodeLocalDns() {
        clusters.replaceAll(ClusterSpec::withNodeLocalDns);
        return this;
    }

    List<ClusterSpec> clusters() {
        return clusters;
    }

    /** A DaemonSet that goes from cluster to cluster, the small ones somewhat faster. */
    Story daemonSet(String namespace, String workload, String revision, Agent agent, Duration start) {
        int largest = clusters.stream().mapToInt(ClusterSpec::nodes).max().orElse(1);
        List<Wave> waves = new ArrayList<>();
        Duration at = start;
        // How many nodes may be unavailable at once is set per workload.
        double slowness =
                pace().forTheEyes() ? 1 : Draw.of(options.seed(), workload, 1).uniform(0.6, 1.4);
        for (ClusterSpec spec : clusters) {
            double share = slowness * Math.sqrt(Math.sqrt((double) spec.nodes() / largest));
            Duration length = Duration.ofMillis(Math.round(pace().wave().toMillis() * share));
            waves.add(new Wave(spec.name(), spec.nodes(), at, length));
            at = at.plus(pace().gap());
        }
        return rollout(RolloutPlan.of("DaemonSet", namespace, workload, revision, agent, waves));
    }

    /** A change of every node of every cluster within the given time, zero for at once. */
    Story everywhere(String kind, String workload, String revision, Agent agent, Duration start, Duration length) {
        List<Wave> waves = new ArrayList<>();
        for (ClusterSpec spec : clusters) waves.add(new Wave(spec.name(), spec.nodes(), start, length));
        return rollout(RolloutPlan.of(kind, "infrastructure", workload, revision, agent, waves));
    }

    /** A Deployment of somebody's service, in all clusters side by side, at a pace and a time of its own. */
    Story deployment(String workload, String revision, Agent agent, Duration start, Duration length) {
        List<Wave> waves = new ArrayList<>();
        Draw own = Draw.of(options.seed(), workload, 0);
        boolean asTold = pace().forTheEyes();
        double shift = asTold ? 0 : own.uniform(-0.5, 0.5);
        Duration at = start.plusMillis(Math.round(shift * pace().gap().toMillis()));
        Duration lasts = asTold ? length : Duration.ofMillis(Math.round(own.uniform(0.3, 1) * length.toMillis()));
        for (ClusterSpec spec : clusters) {
            waves.add(new Wave(spec.name(), Math.max(4, spec.nodes() / 5), at, lasts));
        }
        return rollout(RolloutPlan.of("Deployment", "shop", workload, revision, agent, waves));
    }

    Story rollout(RolloutPlan plan) {
        rollouts.add(plan);
        return this;
    }

    Story trouble(String cluster, Disturbance disturbance) {
        troubles.computeIfAbsent(cluster, key -> new ArrayList<>()).add(disturbance);
        return this;
    }

    Duration length() {
        return pace().length(clusters.size()).plus(prelude);
    }

    Scenario tell() {
        Map<String, List<Disturbance>> disturbances = new HashMap<>();
        for (ClusterSpec spec : clusters) {
            Draw own = Draw.of(options.seed(), spec.name() + "/nuisances", 0);
            List<Disturbance> all = new ArrayList<>(
                    rough ? Nuisances.rough(own, spec, pace(), length()) : Nuisances.calm(own, length()));
            if (busyness != 1) all.add(new Disturbance.TrafficChange(0, 0, busyness));
            all.addAll(troubles.getOrDefault(spec.name(), List.of()));
            disturbances.put(spec.name(), List.copyOf(all));
        }
        return new Scenario(
                name,
                family,
                options.seed(),
                options.severity(),
                START,
                pace().interval(),
                length(),
                clusters,
                rollouts,
                disturbances,
                retries,
                options.telemetry());
    }
}
