package dev.andon.connect.common;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * What connectors for signals share. They read {@code andon.signals} as bytes, so {@code value.converter} must be the
 * ByteArrayConverter.
 */
public abstract class SignalSinkConnector extends SinkConnector {
    private Map<String, String> props = Map.of();

    @Override
    public final String version() {
        return Version.current();
    }

    /**
     * What is wrong between options that are each right, by the option to correct.
     *
     * @param config with the options of {@link #config()}
     */
    protected Map<String, String> problems(AbstractConfig config) {
        return SinkOptions.problems(config);
    }

    /** Reads the whole configuration as the task will, and throws what the task would. */
    protected abstract void parse(Map<String, String> props);

    /** Checks each option and then the rules between them. Contacts nothing: a receiver may be down when it is set up. */
    @Override
    public final Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        List<ConfigValue> values = new ArrayList<>(config.configValues());
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            AbstractConfig parsed = new AbstractConfig(config(), connectorConfigs, false);
            problems(parsed).forEach((name, problem) -> valueOf(values, name).addErrorMessage(name + " " + problem));
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
    public final void start(Map<String, String> props) {
        parse(props);
        this.props = Map.copyOf(props);
    }

    /** The framework shares out the partitions; every task has the same configuration. */
    @Override
    public final List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, props);
    }

    @Override
    public final void stop() {
        // Holds nothing that must be given back.
    }
}
