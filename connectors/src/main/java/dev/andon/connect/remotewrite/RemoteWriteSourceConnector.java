package dev.andon.connect.remotewrite;

import dev.andon.connect.intake.Listening;
import dev.andon.connect.intake.PushSourceConnector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Receives what Prometheus servers, agents and collectors scrape anyway, over remote write 1.0 or 2.0, and writes what
 * happened between two scrapes to {@code andon.apiserver-latency} and {@code andon.dns-errors}, and other series as they
 * are to {@code andon.measurements}. Keys and values are bytes, so both converters must be the ByteArrayConverter.
 */
public final class RemoteWriteSourceConnector extends PushSourceConnector {
    @Override
    public ConfigDef config() {
        return RemoteWriteSourceConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RemoteWriteSourceTask.class;
    }

    @Override
    protected Map<String, String> problems(AbstractConfig config) {
        var problems = new LinkedHashMap<>(Listening.problems(config, false));
        long settle = config.getLong(RemoteWriteSourceConfig.SETTLE_MS);
        long most = config.getLong(RemoteWriteSourceConfig.SETTLE_MAX_MS);
        if (settle > most) {
            problems.put(
                    RemoteWriteSourceConfig.SETTLE_MS,
                    "scrape.settle.ms is " + settle + " but may be at most scrape.settle.max.ms, which is " + most);
        }
        return problems;
    }
}
