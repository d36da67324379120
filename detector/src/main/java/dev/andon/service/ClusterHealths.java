package dev.andon.service;

import dev.andon.decide.ClusterReport;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What this instance of the detector last said of each of its clusters. Another instance says it of the others. */
final class ClusterHealths {
    private static final String HEALTH = "andon_cluster_health";
    private static final String HEALTH_HELP = "What the detector believes of a cluster: 1 for the one that holds";
    private static final String CLUSTERS = "andon_clusters";
    private static final String CLUSTERS_HELP = "Clusters that this instance watches, by what it believes of them";
    /** Bounds what a scrape costs; the counts are of all. */
    private static final int MOST_NAMED = 2_000;

    private final Map<String, ClusterReport.Health> healths = new TreeMap<>();

    synchronized void put(String cluster, ClusterReport.Health health) {
        healths.put(cluster, health);
    }

    synchronized void remove(String cluster) {
        healths.remove(cluster);
    }

    synchronized void describe(LiveFamilies families) {
        Map<ClusterReport.Health, Integer> counts = new EnumMap<>(ClusterReport.Health.class);
        int named = 0;
        for (Map.Entry<String, ClusterReport.Health> entry : healths.entrySet()) {
            counts.merge(entry.getValue(), 1, Integer::sum);
            if (named++ >= MOST_NAMED) continue;
            families.gauge(HEALTH, HEALTH_HELP, 1, "cluster", entry.getKey(), "health", label(entry.getValue()));
        }
        for (ClusterReport.Health health : ClusterReport.Health.values()) {
            families.gauge(CLUSTERS, CLUSTERS_HELP, counts.getOrDefault(health, 0), "health", label(health));
        }
    }

    private static String label(ClusterReport.Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }
}
