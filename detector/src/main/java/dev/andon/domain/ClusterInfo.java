package dev.andon.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a cluster from {@code time} on. Absent fields change nothing.
 *
 * @param fleet the set of clusters that share rollouts
 * @param dnsCache longest time for which a workload may still be served a stale DNS answer
 */
public record ClusterInfo(
        Instant time,
        String cluster,
        Optional<String> fleet,
        Optional<String> environment,
        OptionalLong nodes,
        Optional<Duration> dnsCache)
        implements Input {
    public ClusterInfo {
        Require.name("cluster", cluster);
        nodes.ifPresent(count -> Require.notNegative("nodes", count));
        dnsCache.ifPresent(cache -> Require.notNegative("dnsCacheSeconds", cache.toSeconds()));
    }
}
