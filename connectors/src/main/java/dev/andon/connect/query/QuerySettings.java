package dev.andon.connect.query;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;

/**
 * The configuration of a task.
 *
 * @param url of the server, without /api
 * @param queries to ask
 * @param clusterLabel label that names the cluster
 * @param usualCluster of series without it; empty when such series are refused
 * @param step between two points
 * @param lag how long the server needs until it has everything
 * @param from where to begin when nothing was written yet; empty for now
 * @param timeout of a request
 * @param maxSteps in a request
 * @param maxBytes of an answer
 * @param token to send; never shown
 * @param tokenFile to read it from instead
 * @param ca authorities to trust instead of Java's own
 */
record QuerySettings(
        URI url,
        List<RangeQuery> queries,
        String clusterLabel,
        String usualCluster,
        Duration step,
        Duration lag,
        Optional<Instant> from,
        Duration timeout,
        int maxSteps,
        int maxBytes,
        Optional<Password> token,
        Optional<Path> tokenFile,
        Optional<Path> ca) {

    static QuerySettings of(AbstractConfig config) {
        return new QuerySettings(
                URI.create(config.getString(PrometheusQuerySourceConfig.URL)),
                PrometheusQuerySourceConfig.queries(config.getString(PrometheusQuerySourceConfig.QUERIES)),
                config.getString(PrometheusQuerySourceConfig.CLUSTER_LABEL),
                config.getString(PrometheusQuerySourceConfig.CLUSTER_DEFAULT),
                Duration.ofMillis(config.getLong(PrometheusQuerySourceConfig.STEP_MS)),
                Duration.ofMillis(config.getLong(PrometheusQuerySourceConfig.LAG_MS)),
                Optional.ofNullable(config.getString(PrometheusQuerySourceConfig.FROM))
                        .map(Instant::parse),
                Duration.ofMillis(config.getLong(PrometheusQuerySourceConfig.TIMEOUT_MS)),
                config.getInt(PrometheusQuerySourceConfig.STEPS_MAX),
                config.getInt(PrometheusQuerySourceConfig.ANSWER_MAX_BYTES),
                Optional.ofNullable(config.getPassword(PrometheusQuerySourceConfig.TOKEN)),
                Optional.ofNullable(config.getString(PrometheusQuerySourceConfig.TOKEN_FILE))
                        .map(Path::of),
                Optional.ofNullable(config.getString(PrometheusQuerySourceConfig.CA))
                        .map(Path::of));
    }
}
