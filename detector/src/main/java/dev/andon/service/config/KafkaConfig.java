package dev.andon.service.config;

import dev.andon.topology.Topics;
import java.time.Duration;
import java.util.Optional;

/**
 * Where Kafka is and how the topics are made.
 *
 * @param bootstrapServers of a Kafka that exists; absent: a broker is started in this process
 * @param port of the embedded broker, 0 for any free one
 * @param topics names of the topics
 * @param replicationFactor of the topics, at least 1, or -1 for the broker's default
 * @param partitions of the topics that are keyed by cluster
 * @param fleetPartitions of the topics of the stage by fleet
 * @param sampleRetention for how long samples are kept
 * @param historyRetention for how long rollouts, signals and their like are kept
 * @param clients security and other properties of every Kafka client
 */
public record KafkaConfig(
        Optional<String> bootstrapServers,
        int port,
        Topics topics,
        short replicationFactor,
        int partitions,
        int fleetPartitions,
        Duration sampleRetention,
        Duration historyRetention,
        ClientProperties clients) {

    /** Returns whether a broker is started in this process. */
    public boolean embedded() {
        return bootstrapServers.isEmpty();
    }
}
