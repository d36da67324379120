package dev.andon.simulate;

import java.time.Duration;

/**
 * What a simulated cluster is made of.
 *
 * @param environment e.g. {@code production}
 * @param nodes {@code >= 1}
 * @param podsPerNode decides how much a LIST of all pods costs
 * @param instances apiserver instances behind one load balancer, {@code >= 1}
 * @param cores processors of one instance: its capacity in seconds of work per second
 * @param dnsServers DNS servers that are watched, {@code >= 1}
 * @param nodeLocalDns whether they are node-local caches, so that a broken node breaks its own server
 * @param dnsCache longest time for which an answer may still be served after its source has failed
 */
public record ClusterSpec(
        String name,
        String environment,
        int nodes,
        int podsPerNode,
        int instances,
        int cores,
        int dnsServers,
        boolean nodeLocalDns,
        Duration dnsCache) {
    public ClusterSpec {
        if (nodes < 1 || instances < 1 || cores < 1 || dnsServers < 1) {
            throw new IllegalArgumentException(
                    "a simulated cluster needs at least one node, instance, core and DNS server" + " but " + name
                            + " has " + nodes + ", " + instances + ", " + cores + " and " + dnsServers);
        }
    }

    /** @return a cluster as people usually build it at that size */
    public static ClusterSpec ofSize(String name, String environment, int nodes, Duration dnsCache) {
        int instances = nodes < 200 ? 1 : nodes < 1_500 ? 2 : 3;
        int cores = nodes < 200 ? 4 : nodes < 1_500 ? 8 : 16;
        int dnsServers = nodes < 200 ? 2 : nodes < 1_500 ? 3 : 6;
        int podsPerNode = nodes < 200 ? 10 : 30;
        return new ClusterSpec(name, environment, nodes, podsPerNode, instances, cores, dnsServers, false, dnsCache);
    }

    /** @return the same cluster with node-local DNS caches, of which at most 30 are watched */
    public ClusterSpec withNodeLocalDns() {
        return new ClusterSpec(
                name, environment, nodes, podsPerNode, instances, cores, Math.min(nodes, 30), true, dnsCache);
    }

    int pods() {
        return nodes * podsPerNode;
    }

    String instanceName(int instance) {
        return "10.0.0." + (instance + 4) + ":6443";
    }

    String dnsServerName(int server) {
        return nodeLocalDns ? "node-dns-%02d".formatted(server) : "coredns-" + (char) ('a' + server);
    }
}
