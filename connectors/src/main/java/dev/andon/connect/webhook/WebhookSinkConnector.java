package dev.andon.connect.webhook;

import dev.andon.connect.common.SinkOptions;
import dev.andon.connect.common.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Posts signals to any HTTP endpoint: a CD system, a pager, a script. Reads {@code andon.signals} as bytes, so
 * {@code value.converter} must be the ByteArrayConverter.
 */
public final class WebhookSinkConnector extends SinkConnector {
    private Map<String, String> props = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return WebhookSinkConfig.OPTIONS;
    }

    /** Checks each option and then the rules between them. Contacts nothing: a receiver may be down when it is set up. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        List<ConfigValue> values = new ArrayList<>(config.configValues());
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            AbstractConfig parsed = new AbstractConfig(WebhookSinkConfig.OPTIONS, connectorConfigs, false);
            SinkOptions.problems(parsed)
                    .forEach((name, problem) -> valueOf(values, name).addErrorMessage(name + " " + problem));
        }
        return new Config(values);
    }

    private static ConfigValue valueOf(List<ConfigValue> values, String name) {
        return values.stream()
                .filter(value -> value.name().equals(name))
                .findAny()
                .orElseGet(() -> {
                    ConfigValue added = new ConfigValue(name);
                    values.add(added);
                    return added;
                });
    }

    @Override
    public void start(Map<String, String> props) {
        WebhookSinkConfig.parse(props);
        this.props = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return WebhookSinkTask.class;
    }

    /** The framework shares out the partitions; every task has the same configuration. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, props);
    }

    @Override
    public void stop() {
        // Holds nothing that must be given back.
    }
}
