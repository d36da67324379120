package dev.andon.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A rollout moved in one cluster.
 *
 * @param rolloutId the same in every cluster that the rollout touches
 * @param coverage absent when the source does not know it
 * @param clusterNodes size of the cluster in nodes
 * @param identity service account of the rolled out workload, e.g. {@code system:serviceaccount:ns:name}
 */
public record RolloutEvent(
        Instant time,
        String rolloutId,
        String cluster,
        Phase phase,
        Workload workload,
        Optional<String> revision,
        Optional<Coverage> coverage,
        OptionalLong clusterNodes,
        Optional<String> identity,
        Optional<Controller> controller)
        implements Input {
    public RolloutEvent {
        Require.name("rolloutId", rolloutId);
        Require.name("cluster", cluster);
        clusterNodes.ifPresent(nodes -> Require.notNegative("clusterNodes", nodes));
    }
}
