package dev.andon.service;

import java.util.HashMap;
import java.util.Map;

/** What every connector of the embedded worker gets unless its own configuration says otherwise. */
final class ConnectorDefaults {
    private ConnectorDefaults() {}

    static Map<String, String> complete(
            EmbeddedConnect.Settings settings, String name, Map<String, String> given, boolean sink) {
        Map<String, String> config = new HashMap<>();
        config.put("tasks.max", "1");
        if (sink) {
            config.put("errors.tolerance", "all");
            config.put("errors.deadletterqueue.topic.name", settings.deadLetterTopic());
            config.put("errors.deadletterqueue.topic.replication.factor", Short.toString(settings.replicationFactor()));
            config.put("errors.deadletterqueue.context.headers.enable", "true");
            // Connect's own default, connect-<name>, would let two installs on one cluster steal from each other.
            config.put("consumer.override.group.id", settings.topicPrefix() + "connect-" + name);
        }
        config.putAll(given);
        config.put("name", name);
        return config;
    }
}
