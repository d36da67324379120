package dev.andon.service;

import dev.andon.topology.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the topics are made.
 *
 * @param partitions of every topic that is keyed by cluster, at least 1; cannot be changed later
 * @param fleetPartitions of the topics of the stage by fleet, at least 1; cannot be changed later
 * @param replicationFactor at least 1, or -1 for the broker's default
 * @param samples for how long samples are kept; empty: for ever
 * @param history for how long rollouts, signals and their like are kept; empty: for ever
 */
public record TopicSettings(
        int partitions,
        int fleetPartitions,
        short replicationFactor,
        Optional<Duration> samples,
        Optional<Duration> history) {
    public static final TopicSettings DEFAULT =
            new TopicSettings(6, 1, (short) -1, Optional.of(Duration.ofDays(1)), Optional.of(Duration.ofDays(30)));

    /** For recordings, whose old times a retention would delete at once: one partition, everything kept. */
    public static final TopicSettings REPLAY = new TopicSettings(1, 1, (short) 1, Optional.empty(), Optional.empty());

    private static final int SEGMENT_BYTES = 64 << 20;

    public TopicSettings {
        if (partitions < 1 || fleetPartitions < 1) {
            throw new IllegalArgumentException(
                    "partitions must be at least 1 but were " + partitions + " and " + fleetPartitions);
        }
        if (replicationFactor < 1 && replicationFactor != -1) {
            throw new IllegalArgumentException(
                    "replication.factor must be at least 1, or -1, but was " + replicationFactor);
        }
    }

    int partitionsOf(Topic topic) {
        return switch (topic.kind()) {
            case CLUSTER -> partitions;
            case FLEET -> fleetPartitions;
            case SINGLE -> 1;
        };
    }

    Map<String, String> configOf(Topic topic) {
        Map<String, String> config = new HashMap<>();
        // The broker must take a record from the future: refusing it there would stop the connector that sent it. The
        // detector refuses it by name. Small segments bound what such a record keeps from being deleted.
        config.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        config.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
        switch (topic.keep()) {
            case SAMPLES -> config.put("retention.ms", retention(samples));
            case HISTORY -> config.put("retention.ms", retention(history));
            case LATEST -> config.put("cleanup.policy", "compact");
        }
        return config;
    }

    private static String retention(Optional<Duration> kept) {
        return kept.map(Duration::toMillis).orElse(-1L).toString();
    }
}
