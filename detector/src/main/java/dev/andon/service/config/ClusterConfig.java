package dev.andon.service.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cluster to watch, and what is known of it.
 *
 * @param fleet the set of clusters that share its rollouts
 * @param nodes how many nodes it has; absent when rollout events say so
 * @param dnsCache longest time for which a workload may still be served a stale DNS answer
 * @param apiservers metrics pages of the kube-apiservers, one URL per instance
 * @param dnsServers metrics pages of the DNS servers
 * @param token bearer token for these pages
 * @param tokenFile file that holds the token, read again for every scrape
 * @param caFile certificates of the authorities that sign those of the pages, PEM
 */
public record ClusterConfig(
        String name,
        String fleet,
        Optional<String> environment,
        Optional<Integer> nodes,
        Optional<Duration> dnsCache,
        List<URI> apiservers,
        List<URI> dnsServers,
        Optional<Secret> token,
        Optional<String> tokenFile,
        Optional<String> caFile) {
    public ClusterConfig {
        apiservers = List.copyOf(apiservers);
        dnsServers = List.copyOf(dnsServers);
    }

    /** Returns whether there is anything to scrape. */
    public boolean scraped() {
        return !apiservers.isEmpty() || !dnsServers.isEmpty();
    }
}
