package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.sink.SinkConnector;

/** Checks the connectors of a configuration by their own definitions, without Kafka and without starting any. */
public final class ConnectorCheck {
    private final Plugins plugins;
    private final EmbeddedConnect.Settings settings;

    private ConnectorCheck(Plugins plugins, EmbeddedConnect.Settings settings) {
        this.plugins = plugins;
        this.settings = settings;
    }

    /**
     * Returns every problem of every connector, with its place in the file.
     *
     * @param pluginFolder the connectors, unpacked
     */
    public static List<ConfigProblem> problems(AndonConfig config, Path pluginFolder) {
        EmbeddedConnect.Settings settings = ServiceSettings.connect(config, "unused:1", pluginFolder);
        Plugins plugins = new Plugins(EmbeddedWorkerConfig.properties(settings));
        ConnectorCheck check = new ConnectorCheck(plugins, settings);
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConnectorPlan plan : ConnectorPlan.of(config)) {
            ClassLoader before = Plugins.compareAndSwapLoaders(plugins.delegatingLoader());
            try {
                check.problemsOf(plan).forEach(problem -> problems.add(plan.problemIn(config, problem)));
            } finally {
                Plugins.compareAndSwapLoaders(before);
            }
        }
        return problems;
    }

    private List<ConnectorProblem> problemsOf(ConnectorPlan plan) {
        try {
            Connector connector = plugins.newConnector(plan.properties().getOrDefault("connector.class", ""));
            boolean sink = connector instanceof SinkConnector;
            Set<String> options = connector.config().names();
            Map<String, String> complete =
                    new ConnectorDefaults(settings).complete(plan.name(), plan.properties(), sink, options);
            List<ConnectorProblem> problems = new ArrayList<>();
            connector.validate(complete).configValues().forEach(value -> value.errorMessages()
                    .forEach(error -> problems.add(new ConnectorProblem(value.name(), error))));
            Set<String> known = new HashSet<>(options);
            known.addAll((sink ? SinkConnectorConfig.configDef() : SourceConnectorConfig.configDef()).names());
            problems.addAll(ConnectorOptions.unknown(complete.keySet(), known));
            return problems;
        } catch (RuntimeException e) {
            String said = String.valueOf(e.getMessage());
            return List.of(new ConnectorProblem(
                    "connector.class", said.lines().findFirst().orElse(said)));
        }
    }
}
