package dev.andon.connect.query;

import dev.andon.connect.common.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Asks a Prometheus server for ranges, history first where that is wanted, and writes each point to
 * {@code andon.measurements}. Keys and values are bytes, so both converters must be the ByteArrayConverter.
 */
public final class PrometheusQuerySourceConnector extends SourceConnector {
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(3);

    private Map<String, String> props = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return PrometheusQuerySourceConfig.OPTIONS;
    }

    /** Checks each option, then the rules between them, and then asks the server each query for one step. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        List<ConfigValue> values = config.configValues();
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            var parsed = new AbstractConfig(PrometheusQuerySourceConfig.OPTIONS, connectorConfigs, false);
            Map<String, String> problems = problems(parsed);
            Map<String, String> found = problems.isEmpty() ? refused(connectorConfigs) : problems;
            values.stream()
                    .filter(value -> found.containsKey(value.name()))
                    .forEach(value -> value.addErrorMessage(found.get(value.name())));
        }
        return config;
    }

    private static Map<String, String> problems(AbstractConfig config) {
        return config.getPassword(PrometheusQuerySourceConfig.TOKEN) != null
                        && config.getString(PrometheusQuerySourceConfig.TOKEN_FILE) != null
                ? Map.of(
                        PrometheusQuerySourceConfig.TOKEN_FILE,
                        "bearer.token and bearer.token.file are both set; remove one")
                : Map.of();
    }

    private static Map<String, String> refused(Map<String, String> connectorConfigs) {
        var short3 = new HashMap<>(connectorConfigs);
        short3.put(PrometheusQuerySourceConfig.TIMEOUT_MS, Long.toString(VALIDATION_TIMEOUT.toMillis()));
        var found = new LinkedHashMap<String, String>();
        try {
            QuerySettings settings =
                    QuerySettings.of(new AbstractConfig(PrometheusQuerySourceConfig.OPTIONS, short3, false));
            var api = new PrometheusApi(settings);
            for (RangeQuery query : settings.queries()) {
                if (api.range(query, new Steps(0, 0)) instanceof PrometheusApi.Result.Failed failed) {
                    boolean ofQuery = failed.reason() == Refusal.QUERY_FAILED;
                    found.put(
                            ofQuery ? PrometheusQuerySourceConfig.QUERIES : PrometheusQuerySourceConfig.URL,
                            query.series() + ": " + failed.message());
                    break;
                }
            }
        } catch (ConfigException e) {
            found.put(PrometheusQuerySourceConfig.CA, "" + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    @Override
    public void start(Map<String, String> props) {
        Map<String, String> problems = problems(new AbstractConfig(PrometheusQuerySourceConfig.OPTIONS, props, false));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
        this.props = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PrometheusQuerySourceTask.class;
    }

    /** Deals the queries out, so that each is asked by exactly one task. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        String all = new AbstractConfig(PrometheusQuerySourceConfig.OPTIONS, props, false)
                .getString(PrometheusQuerySourceConfig.QUERIES);
        List<String> queries = Arrays.stream(all.split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
        int tasks = Math.min(maxTasks, queries.size());
        var configs = new ArrayList<Map<String, String>>();
        for (int task = 0; task < tasks; task++) {
            var mine = new ArrayList<String>();
            for (int i = task; i < queries.size(); i += tasks) {
                mine.add(queries.get(i));
            }
            var share = new HashMap<>(props);
            share.put(PrometheusQuerySourceConfig.QUERIES, String.join("\n", mine));
            configs.add(share);
        }
        return configs;
    }

    /** A step is asked for once it lies `lag.ms` back, and its offset is written with its last record. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset != null && !(offset.get("doneMillis") instanceof Number)) {
                throw new ConnectException("the offset of " + partition
                        + " needs doneMillis, the last step that counts as written, in milliseconds since 1970");
            }
        });
        return true;
    }

    @Override
    public void stop() {
        // Holds nothing that must be given back.
    }
}
