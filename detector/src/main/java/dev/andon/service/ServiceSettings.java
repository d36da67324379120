package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.KafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What each part is told of the configuration. */
final class ServiceSettings {
    private ServiceSettings() {}

    static EmbeddedKafka.Settings broker(AndonConfig config) {
        return new EmbeddedKafka.Settings(
                config.dataDirectory(), "127.0.0.1", config.kafka().port(), Map.of());
    }

    static TopicSettings topics(KafkaConfig kafka) {
        return new TopicSettings(
                kafka.partitions(),
                kafka.fleetPartitions(),
                replicas(kafka),
                Optional.of(kafka.sampleRetention()),
                Optional.of(kafka.historyRetention()));
    }

    static EmbeddedConnect.Settings connect(AndonConfig config, String bootstrapServers, Path plugins) {
        KafkaConfig kafka = config.kafka();
        return new EmbeddedConnect.Settings(
                bootstrapServers,
                plugins,
                kafka.topics().prefix(),
                replicas(kafka),
                kafka.clients().values());
    }

    private static short replicas(KafkaConfig kafka) {
        return kafka.embedded() ? 1 : kafka.replicationFactor();
    }
}
