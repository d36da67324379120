package dev.andon.service;

import dev.andon.topology.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What every connector of the embedded worker gets unless its own configuration says otherwise. What only Andon's
 * connectors know, such as the record of deliveries, is given to those that have the option.
 */
final class ConnectorDefaults {
    private static final String DELIVERIES_PRODUCER = "deliveries.producer.";
    private static final String ROLLOUTS_CONSUMER = "rollouts.consumer.";

    private final EmbeddedConnect.Settings settings;
    private final Topics topics;

    ConnectorDefaults(EmbeddedConnect.Settings settings) {
        this.settings = settings;
        this.topics = new Topics(settings.topicPrefix());
    }

    /** @param options names that the connector itself defines */
    Map<String, String> complete(String name, Map<String, String> given, boolean sink, Set<String> options) {
        Map<String, String> config = new HashMap<>();
        config.put("tasks.max", "1");
        if (sink) {
            config.putAll(sink(name));
        }
        Map<String, String> ours = ours();
        ours.keySet().retainAll(options);
        config.putAll(ours);
        if (options.contains("deliveries.topic")) {
            config.put("topics", topics.signals());
            config.put(DELIVERIES_PRODUCER + "bootstrap.servers", settings.bootstrapServers());
            settings.clients().forEach((key, value) -> config.put(DELIVERIES_PRODUCER + key, value));
        }
        if (options.contains(ROLLOUTS_CONSUMER + "bootstrap.servers")) {
            config.put("rollouts.topic", topics.rollouts());
            config.put(ROLLOUTS_CONSUMER + "bootstrap.servers", settings.bootstrapServers());
            settings.clients().forEach((key, value) -> config.put(ROLLOUTS_CONSUMER + key, value));
        }
        if (given.containsKey("topics.regex")) {
            config.remove("topics");
        }
        config.putAll(given);
        config.put("name", name);
        return config;
    }

    private Map<String, String> sink(String name) {
        return Map.of(
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                topics.deadLetters(),
                "errors.deadletterqueue.topic.replication.factor",
                Short.toString(settings.replicationFactor()),
                "errors.deadletterqueue.context.headers.enable",
                "true",
                // Connect's own default, connect-<name>, would let two installs on one cluster steal from each other.
                "consumer.override.group.id",
                settings.topicPrefix() + "connect-" + name);
    }

    private Map<String, String> ours() {
        return new HashMap<>(Map.of(
                "deliveries.topic", topics.deliveries(),
                "apiserver.latency.topic", topics.apiserverLatency(),
                "dns.errors.topic", topics.dnsErrors(),
                "measurements.topic", topics.measurements(),
                "rollouts.topic", topics.rollouts(),
                "clusters.topic", topics.clusters(),
                "dead.letters.topic", topics.deadLetters()));
    }
}
