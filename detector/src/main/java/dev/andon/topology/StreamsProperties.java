package dev.andon.topology;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the detector runs on Kafka Streams.
 *
 * @param applicationId group, prefix of internal topics and of transactional ids; one per install
 * @param bootstrapServers {@code host:port} of brokers, separated by commas
 * @param stateDirectory a directory of its own that is kept over restarts; there is no default, for the usual one is
 *     emptied by operating systems
 * @param threads tasks that run at the same time, at least 1
 * @param mergeWaitMillis how long an input waits for older ones of other topics of the same partition that the broker does
 *     not have yet; those that it has are always waited for
 * @param clients security and other properties of every Kafka client; they win over ours
 */
public record StreamsProperties(
        String applicationId,
        String bootstrapServers,
        Path stateDirectory,
        int threads,
        long mergeWaitMillis,
        Map<String, String> clients) {
    private static final int SESSION_MILLIS = 10_000;

    public StreamsProperties {
        clients = Map.copyOf(clients);
    }

    /** One thread, and a wait too short to be felt. */
    public static StreamsProperties of(String applicationId, String bootstrapServers, Path stateDirectory) {
        return new StreamsProperties(applicationId, bootstrapServers, stateDirectory, 1, 100, Map.of());
    }

    /** @return the same with security and other properties of every Kafka client */
    public StreamsProperties withClients(Map<String, String> newClients) {
        return new StreamsProperties(
                applicationId, bootstrapServers, stateDirectory, threads, mergeWaitMillis, newClients);
    }

    /** Everything that Kafka Streams is configured with. */
    public Properties build(Topics topics, Clock clock, Observer observer) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, mergeWaitMillis);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        // Its constant is deprecated although Streams recommends the setting until it becomes the default.
        config.put("processing.exception.handler.global.enabled", true);
        config.put(DeadLetterHandler.ROUTE, new DeadLetterHandler.Route(topics, clock, observer));
        // After a crash the others take over when the session ends; the usual 45 s are too long for a halt.
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_MILLIS);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), SESSION_MILLIS / 4);
        config.putAll(clients);
        return config;
    }
}
