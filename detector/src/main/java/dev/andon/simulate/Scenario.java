package dev.andon.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A story that can be played: clusters, rollouts, and what else happens. The same scenario always plays the same.
 *
 * @param family the kind of incident, e.g. {@code list-storm}; {@code healthy} when nothing is wrong
 * @param start event time of its first moment
 * @param interval between two samples of a series, 1 to 60 s
 * @param disturbances by cluster
 * @param retries extra requests per failed request of ordinary clients; above 2 a hurt cluster may stay hurt
 * @param severity 1 for the case as described; larger hurts more
 */
public record Scenario(
        String name,
        String family,
        long seed,
        double severity,
        Instant start,
        Duration interval,
        Duration length,
        List<ClusterSpec> clusters,
        List<RolloutPlan> rollouts,
        Map<String, List<Disturbance>> disturbances,
        double retries,
        Telemetry telemetry) {
    /** How the apiservers are watched. */
    public enum Telemetry {
        /** Scraped from {@code /metrics}: coarse buckets, no clients. */
        METRICS,
        /** Read from audit logs: finer buckets, one sample per client. */
        AUDIT
    }

    public Scenario {
        if (interval.toMillis() < 1_000 || interval.toMillis() > 60_000) {
            throw new IllegalArgumentException("interval must be 1 to 60 s but was " + interval.toMillis() + " ms");
        }
        clusters = List.copyOf(clusters);
        rollouts = List.copyOf(rollouts);
        disturbances = Map.copyOf(disturbances);
    }

    /** @return the rollout whose program can hurt a cluster; whether it does, only playing tells */
    Optional<RolloutPlan> suspect() {
        return rollouts.stream().filter(plan -> plan.agent().harmful()).findFirst();
    }

    Instant end() {
        return start.plus(length);
    }

    SimulatedCluster simulate(ClusterSpec spec) {
        List<SimulatedCluster.Tenant> tenants = rollouts.stream()
                .map(plan -> new SimulatedCluster.Tenant(plan.rolloutId(), plan.identity(), plan.agent()))
                .toList();
        Buckets buckets = telemetry == Telemetry.METRICS ? Buckets.APISERVER : Buckets.AUDIT;
        List<Disturbance> own = disturbances.getOrDefault(spec.name(), List.of());
        return new SimulatedCluster(spec, seed, tenants, own, retries, buckets);
    }
}
