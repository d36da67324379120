package dev.andon.connect.remotewrite;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * The configuration of the task, beside that of listening.
 *
 * @param clusterLabel label that names the cluster
 * @param usualCluster of series without it; empty when such series are refused
 * @param instanceLabel label that names the server
 * @param replicaLabel label that tells one of a pair of Prometheus servers from the other
 * @param measurements further series to take
 * @param settle how long nothing more of a scrape must have come before it counts as complete
 * @param maxSettle how long to wait for what was there before
 * @param maxSkew how far a sample may be ahead of our clock
 * @param maxAge how far it may be behind
 * @param maxUnpackedBytes of a body
 * @param maxSamples in a request
 * @param maxSeries that are kept
 */
record RemoteWriteSettings(
        String clusterLabel,
        String usualCluster,
        String instanceLabel,
        String replicaLabel,
        List<MeasurementRule> measurements,
        Duration settle,
        Duration maxSettle,
        Duration maxSkew,
        Duration maxAge,
        int maxUnpackedBytes,
        int maxSamples,
        int maxSeries) {

    static RemoteWriteSettings of(AbstractConfig config) {
        return new RemoteWriteSettings(
                config.getString(RemoteWriteSourceConfig.CLUSTER_LABEL),
                config.getString(RemoteWriteSourceConfig.CLUSTER_DEFAULT),
                config.getString(RemoteWriteSourceConfig.INSTANCE_LABEL),
                config.getString(RemoteWriteSourceConfig.REPLICA_LABEL),
                config.getList(RemoteWriteSourceConfig.MEASUREMENTS).stream()
                        .map(MeasurementRule::parse)
                        .toList(),
                millis(config, RemoteWriteSourceConfig.SETTLE_MS),
                millis(config, RemoteWriteSourceConfig.SETTLE_MAX_MS),
                millis(config, RemoteWriteSourceConfig.SKEW_MAX_MS),
                millis(config, RemoteWriteSourceConfig.AGE_MAX_MS),
                config.getInt(RemoteWriteSourceConfig.UNPACKED_MAX_BYTES),
                config.getInt(RemoteWriteSourceConfig.SAMPLES_MAX),
                config.getInt(RemoteWriteSourceConfig.SERIES_MAX));
    }

    private static Duration millis(AbstractConfig config, String option) {
        return Duration.ofMillis(config.getLong(option));
    }
}
