package dev.andon.service;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;

/**
 * Settings of a Connect worker without a group of workers and without a REST server that keeps source offsets in Kafka
 * all the same: Kafka is the only state, and the file that Connect's standalone mode offers is not written atomically.
 */
final class EmbeddedWorkerConfig extends WorkerConfig {
    private static final ConfigDef DEFINITION = baseConfigDef()
            .define(
                    DistributedConfig.OFFSET_STORAGE_TOPIC_CONFIG,
                    ConfigDef.Type.STRING,
                    ConfigDef.Importance.HIGH,
                    "Topic of the source connectors' offsets")
            .define(
                    DistributedConfig.OFFSET_STORAGE_PARTITIONS_CONFIG,
                    ConfigDef.Type.INT,
                    1,
                    ConfigDef.Importance.LOW,
                    "Partitions of that topic")
            .define(
                    DistributedConfig.OFFSET_STORAGE_REPLICATION_FACTOR_CONFIG,
                    ConfigDef.Type.SHORT,
                    ConfigDef.Importance.LOW,
                    "Replication factor of that topic");

    private EmbeddedWorkerConfig(Map<String, String> properties) {
        super(DEFINITION, properties);
    }

    static EmbeddedWorkerConfig of(Map<String, String> properties) {
        return new EmbeddedWorkerConfig(properties);
    }

    static Map<String, String> properties(EmbeddedConnect.Settings settings) {
        Map<String, String> config = new HashMap<>();
        for (String role : new String[] {"", "producer.", "consumer.", "admin."}) {
            settings.clients().forEach((key, value) -> config.put(role + key, value));
        }
        config.put(BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(PLUGIN_PATH_CONFIG, settings.plugins().toAbsolutePath().toString());
        config.put(PLUGIN_DISCOVERY_CONFIG, "service_load");
        String bytes = "org.apache.kafka.connect.converters.ByteArrayConverter";
        config.put(KEY_CONVERTER_CLASS_CONFIG, bytes);
        config.put(VALUE_CONVERTER_CLASS_CONFIG, bytes);
        config.put(DistributedConfig.OFFSET_STORAGE_TOPIC_CONFIG, settings.topicPrefix() + "connect-offsets");
        config.put(
                DistributedConfig.OFFSET_STORAGE_REPLICATION_FACTOR_CONFIG,
                Short.toString(settings.replicationFactor()));
        // What was delivered since the last flush is delivered again after a crash.
        config.put(OFFSET_COMMIT_INTERVAL_MS_CONFIG, "1000");
        config.put(TASK_SHUTDOWN_GRACEFUL_TIMEOUT_MS_CONFIG, "2000");
        // Signals are written in transactions; a sink must not act on one that was rolled back.
        config.put("consumer.isolation.level", "read_committed");
        // What a worker that died had under way waits this long for whoever takes over; Kafka's own 45 s are too long
        // for a HALT.
        config.put("consumer.session.timeout.ms", "10000");
        return config;
    }
}
