package dev.andon.simulate;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What really happened in a scenario that was played to its end.
 *
 * @param guilty the rollout that hurt a cluster; absent when none did
 * @param firstAffected the first place ran the guilty program, or the incident began
 * @param onset first instant at which any cluster was hurt: one kind of request at least 3 times as slow as without
 *     the harm, or two
 *     kinds 1.5 times, or 0.3 % of a DNS server's answers failing, in means and without noise, two ticks in a row
 * @param onsetByCluster the same per hurt cluster, in order of time
 * @param userVisible the 99th percentile of GET or a write reached 1 s, or 1 % of requests or 2 % of look-ups of
 *     workloads failed
 * @param dnsVisible first instant at which 0.1 % of the look-ups of workloads failed for the harm
 * @param completed when the guilty rollout had covered its last place; absent when it never did
 */
public record Truth(
        Scenario scenario,
        Optional<String> guilty,
        Optional<Instant> firstAffected,
        Optional<Instant> onset,
        Map<String, Instant> onsetByCluster,
        Optional<Instant> userVisible,
        Optional<Instant> dnsVisible,
        Optional<Instant> completed) {
    public Truth {
        onsetByCluster = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(onsetByCluster));
    }

    /** @return whether no cluster was hurt, by a rollout or otherwise */
    public boolean clean() {
        return onset.isEmpty();
    }

    /** @return whether caches hid the damage from workloads until the rollout had finished */
    public boolean dnsMasked() {
        return dnsVisible.isPresent()
                && completed.isPresent()
                && !dnsVisible.get().isBefore(completed.get());
    }
}
