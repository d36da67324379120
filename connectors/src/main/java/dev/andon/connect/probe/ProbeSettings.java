package dev.andon.connect.probe;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * The configuration of a task.
 *
 * @param servers to ask
 * @param queries to ask in turn
 * @param recursive whether servers may ask others
 * @param interval of a record
 * @param queriesPerSecond to each server, at most
 * @param timeout of a question
 * @param latency whether to write the time to an answer as a measurement
 */
record ProbeSettings(
        List<DnsServer> servers,
        List<ProbeQuery> queries,
        boolean recursive,
        Duration interval,
        double queriesPerSecond,
        Duration timeout,
        boolean latency) {

    static ProbeSettings of(AbstractConfig config) {
        return new ProbeSettings(
                config.getList(DnsProbeSourceConfig.SERVERS).stream()
                        .map(DnsServer::parse)
                        .toList(),
                config.getList(DnsProbeSourceConfig.QUERIES).stream()
                        .map(ProbeQuery::parse)
                        .toList(),
                config.getBoolean(DnsProbeSourceConfig.RECURSION),
                Duration.ofMillis(config.getLong(DnsProbeSourceConfig.INTERVAL_MS)),
                config.getDouble(DnsProbeSourceConfig.RATE),
                Duration.ofMillis(config.getLong(DnsProbeSourceConfig.TIMEOUT_MS)),
                config.getBoolean(DnsProbeSourceConfig.LATENCY));
    }
}
