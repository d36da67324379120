package dev.andon.connect.intake;

import dev.andon.connect.common.Version;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** A connector whose one task listens. */
public abstract class PushSourceConnector extends SourceConnector {
    private Map<String, String> props = Map.of();

    /** @return what is wrong between options that are each valid, by the option to change */
    protected abstract Map<String, String> problems(AbstractConfig config);

    @Override
    public String version() {
        return Version.current();
    }

    /** Checks each option and then the rules between them. There is no other side to contact: senders come to us. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        List<ConfigValue> values = config.configValues();
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            Map<String, String> problems = problems(new AbstractConfig(config(), connectorConfigs, false));
            values.stream()
                    .filter(value -> problems.containsKey(value.name()))
                    .forEach(value -> value.addErrorMessage(problems.get(value.name())));
        }
        return config;
    }

    @Override
    public void start(Map<String, String> props) {
        ConfigDef options = config();
        Map<String, String> problems = problems(new AbstractConfig(options, props, false));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
        this.props = Map.copyOf(props);
    }

    /** One, whatever is allowed: two cannot listen on one port. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(props);
    }

    /** What was pushed cannot be asked for again. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** Offsets only say when a sender was last heard; nothing depends on them, so any change to them is welcome. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        return true;
    }

    @Override
    public void stop() {
        // Holds nothing that must be given back.
    }
}
