package dev.andon.connect.probe;

import dev.andon.connect.common.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Asks DNS servers questions that no cache can answer and writes what came of them to {@code andon.dns-errors}, view
 * PROBE. Keys and values are bytes, so both converters must be the ByteArrayConverter.
 */
public final class DnsProbeSourceConnector extends SourceConnector {
    private Map<String, String> props = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return DnsProbeSourceConfig.OPTIONS;
    }

    @Override
    public void start(Map<String, String> props) {
        ProbeSettings.of(new AbstractConfig(DnsProbeSourceConfig.OPTIONS, props, false));
        this.props = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return DnsProbeSourceTask.class;
    }

    /** Deals the servers out, so that each is asked by exactly one task and the rate holds. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<String> servers =
                new AbstractConfig(DnsProbeSourceConfig.OPTIONS, props, false).getList(DnsProbeSourceConfig.SERVERS);
        int tasks = Math.min(maxTasks, servers.size());
        var configs = new ArrayList<Map<String, String>>();
        for (int task = 0; task < tasks; task++) {
            var mine = new ArrayList<String>();
            for (int i = task; i < servers.size(); i += tasks) {
                mine.add(servers.get(i));
            }
            var share = new HashMap<>(props);
            share.put(DnsProbeSourceConfig.SERVERS, String.join(",", mine));
            configs.add(share);
        }
        return configs;
    }

    /** A question cannot be asked again in the past: what was not written before a crash is lost. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** Offsets only say when a server was last asked; nothing depends on them, so any change to them is welcome. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        return true;
    }

    @Override
    public void stop() {
        // Holds nothing that must be given back.
    }
}
