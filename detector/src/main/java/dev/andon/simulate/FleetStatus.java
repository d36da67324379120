package dev.andon.simulate;

import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How things stand in the simulation: the truth, not what Andon sees.
 *
 * @param elapsed simulated time since the start
 * @param length of the scenario
 */
public record FleetStatus(
        Duration elapsed, Duration length, List<ClusterStatus> clusters, List<RolloutStatus> rollouts) {
    public FleetStatus {
        clusters = List.copyOf(clusters);
        rollouts = List.copyOf(rollouts);
    }

    /**
     * @param getSeconds mean latency of GET in the last second or so
     * @param listSeconds the same of cluster-wide LIST
     * @param dnsClientFailing share of look-ups of workloads that fail, in [0, 1]
     * @param utilisation of the busiest apiserver; above 1 work piles up
     */
    public record ClusterStatus(
            String cluster,
            int nodes,
            double getSeconds,
            double listSeconds,
            double dnsClientFailing,
            double utilisation) {}

    /**
     * @param coverage over all its clusters
     * @param phases by cluster, of those it has reached
     * @param halted whether the CD system was told to stop it
     */
    public record RolloutStatus(
            String rolloutId, boolean guilty, Coverage coverage, Map<String, Phase> phases, boolean halted) {
        public RolloutStatus {
            phases = Map.copyOf(phases);
        }

        /** @return whether it has covered every place of every cluster of its plan */
        public boolean completed() {
            return coverage.updated() == coverage.total();
        }
    }
}
