package dev.andon.connect.remotewrite;

import java.util.HashMap;
import java.util.Map;

/** Of several Prometheus servers that scrape the same, one is listened to per cluster, until it falls silent. */
final class Replicas {
    static final long SILENCE_MILLIS = 30_000;

    /** Clusters that are remembered; beyond it every replica is listened to. */
    private static final int MAX_CLUSTERS = 20_000;

    private final Map<String, Chosen> byCluster = new HashMap<>();

    private record Chosen(String replica, long lastHeardMillis) {}

    boolean accepts(String cluster, String replica, long nowMillis) {
        if (replica.isEmpty()) {
            return true;
        }
        Chosen chosen = byCluster.get(cluster);
        if (chosen == null) {
            if (byCluster.size() < MAX_CLUSTERS) {
                byCluster.put(cluster, new Chosen(replica, nowMillis));
            }
            return true;
        }
        long silent = nowMillis - chosen.lastHeardMillis();
        if (!chosen.replica().equals(replica) && silent <= SILENCE_MILLIS) {
            return false;
        }
        if (silent > 1_000) {
            byCluster.put(cluster, new Chosen(replica, nowMillis));
        }
        return true;
    }
}
