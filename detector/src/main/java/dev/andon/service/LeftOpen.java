package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ClusterConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the configuration says of a cluster stands. The Kubernetes watch writes to the same topic, where the newest word
 * counts, so it is asked to tell only what the configuration leaves open.
 */
final class LeftOpen {
    private static final String FACTS = "cluster.facts";

    private LeftOpen() {}

    /** @return the properties of any connector, with what a watch may tell unless they say so themselves */
    static Map<String, String> in(AndonConfig config, Map<String, String> properties) {
        if (!ConnectorPlan.KUBERNETES_WATCH.equals(properties.get("connector.class"))
                || properties.containsKey(FACTS)) {
            return properties;
        }
        Map<String, String> all = new HashMap<>(properties);
        config.clusters().stream()
                .filter(cluster -> cluster.name().equals(properties.get("cluster")))
                .findFirst()
                .ifPresent(cluster -> all.put(FACTS, String.join(",", leftOpen(cluster))));
        return all;
    }

    private static List<String> leftOpen(ClusterConfig cluster) {
        List<String> facts = new ArrayList<>();
        if (cluster.nodes().isEmpty()) {
            facts.add("nodes");
        }
        if (cluster.dnsCache().isEmpty()) {
            facts.add("dns-cache");
        }
        return facts;
    }
}
