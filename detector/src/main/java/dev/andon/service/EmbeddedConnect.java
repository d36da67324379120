package dev.andon.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.RestartRequest;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.util.FutureCallback;
import org.apache.kafka.connect.util.SharedTopicAdmin;

/**
 * A Kafka Connect worker in this JVM, without a REST server. It loads connectors from a plugin directory in class loaders
 * of their own, as a user's Connect cluster does.
 */
public final class EmbeddedConnect implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

    private final Settings settings;
    private final Worker worker;
    private final StandaloneHerder herder;
    private final SharedTopicAdmin admin;

    /**
     * Where the worker finds Kafka and the connectors.
     *
     * @param plugins folder with one folder or jar per plugin (Connect's {@code plugin.path})
     * @param topicPrefix prefix of topics and groups, e.g. {@code andon.}
     * @param replicationFactor of the topics the worker creates; 1 or more, or -1 for the broker's default
     * @param clients security and other properties for every Kafka client
     */
    public record Settings(
            String bootstrapServers,
            Path plugins,
            String topicPrefix,
            short replicationFactor,
            Map<String, String> clients) {
        public Settings {
            clients = Map.copyOf(clients);
        }
    }

    private EmbeddedConnect(Settings settings, Worker worker, StandaloneHerder herder, SharedTopicAdmin admin) {
        this.settings = settings;
        this.worker = worker;
        this.herder = herder;
        this.admin = admin;
    }

    /**
     * Starts a worker without connectors.
     *
     * @throws StartException when the plugin folder is missing or Kafka does not answer
     */
    public static EmbeddedConnect start(Settings settings) {
        if (!Files.isDirectory(settings.plugins())) {
            throw new StartException("the folder of the connectors " + settings.plugins()
                    + " does not exist; build the connectors or point andon.plugins to their unpacked zip");
        }
        KafkaExit.intercept();
        Map<String, String> properties = EmbeddedWorkerConfig.properties(settings);
        Plugins plugins = new Plugins(properties);
        ClassLoader before = Plugins.compareAndSwapLoaders(plugins.delegatingLoader());
        try {
            return start(settings, EmbeddedWorkerConfig.of(properties), plugins);
        } catch (StartException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StartException("the Connect worker did not start: " + e.getMessage(), e);
        } finally {
            Plugins.compareAndSwapLoaders(before);
        }
    }

    private static EmbeddedConnect start(Settings settings, EmbeddedWorkerConfig config, Plugins plugins) {
        String clusterId = config.kafkaClusterId();
        SharedTopicAdmin admin = new SharedTopicAdmin(new HashMap<>(config.originals()));
        KafkaOffsetBackingStore offsets = new KafkaOffsetBackingStore(
                admin,
                () -> "andon-connect-",
                plugins.newInternalConverter(true, JsonConverter.class.getName(), Map.of("schemas.enable", "false")));
        offsets.configure(config);
        AllConnectorClientConfigOverridePolicy policy = new AllConnectorClientConfigOverridePolicy();
        Worker worker = new Worker("andon", Time.SYSTEM, plugins, config, offsets, policy);
        StandaloneHerder herder = new StandaloneHerder(worker, clusterId, policy);
        EmbeddedConnect connect = new EmbeddedConnect(settings, worker, herder, admin);
        try {
            herder.start();
            return connect;
        } catch (RuntimeException e) {
            connect.close();
            throw e;
        }
    }

    /**
     * Checks a configuration as {@link #create} does, without creating anything.
     *
     * @return every problem; empty when the connector can be created
     */
    public List<ConnectorProblem> check(String name, Map<String, String> config) {
        Map<String, String> complete = complete(name, config);
        FutureCallback<ConfigInfos> answer = new FutureCallback<>();
        ConfigInfos infos;
        try {
            herder.validateConnectorConfig(complete, answer, false);
            infos = await(answer);
        } catch (RuntimeException e) {
            return List.of(new ConnectorProblem("", firstLine(String.valueOf(e.getMessage()))));
        }
        List<ConnectorProblem> problems = new ArrayList<>();
        infos.configs().forEach(info -> info.configValue()
                .errors()
                .forEach(error ->
                        problems.add(new ConnectorProblem(info.configValue().name(), error))));
        problems.addAll(ConnectorOptions.unknown(
                complete.keySet(),
                infos.configs().stream().map(info -> info.configValue().name()).collect(Collectors.toSet())));
        return problems;
    }

    /**
     * Creates a connector, or replaces the one of that name, and waits until its tasks are started.
     *
     * @throws ConnectorException when its configuration is refused; lists every problem
     */
    public void create(String name, Map<String, String> config) {
        List<ConnectorProblem> problems = check(name, config);
        if (!problems.isEmpty()) {
            throw new ConnectorException(name, problems);
        }
        FutureCallback<Herder.Created<ConnectorInfo>> done = new FutureCallback<>();
        herder.putConnectorConfig(name, complete(name, config), true, done);
        try {
            await(done);
        } catch (StartException e) {
            throw new ConnectorException(
                    name, List.of(new ConnectorProblem("", firstLine(String.valueOf(e.getMessage())))));
        }
    }

    /** Returns the state of one connector; empty when there is none of that name. */
    public Optional<ConnectorStatus> status(String name) {
        try {
            return Optional.of(statusOf(herder.connectorStatus(name)));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Returns the states of all connectors, by name. */
    public List<ConnectorStatus> statuses() {
        Collection<String> names = new TreeSet<>(herder.connectors());
        return names.stream().map(this::status).flatMap(Optional::stream).toList();
    }

    /** Tells what the worker and its connectors have counted so far. */
    void describe(LiveFamilies families) {
        ConnectMeters.describe(worker.metrics().metrics().metrics(), families);
    }

    /** Returns the receivers that take no signals now, because they are down or refuse the credentials, by connector. */
    Map<String, SortedSet<String>> unhealthyReceivers() {
        return ConnectMeters.unhealthy(worker.metrics().metrics().metrics());
    }

    /** Restarts a connector and all its tasks, failed or not. */
    public void restart(String name) {
        FutureCallback<ConnectorStateInfo> done = new FutureCallback<>();
        herder.restartConnectorAndTasks(new RestartRequest(name, false, true), done);
        await(done);
    }

    /** Stops all connectors within ten seconds; source offsets and consumer groups stay in Kafka. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    void close(Duration limit) {
        StopWithin.limit(limit, "the Connect worker", () -> {
            herder.stop();
            admin.close(Duration.ofSeconds(1));
        });
    }

    private Map<String, String> complete(String name, Map<String, String> config) {
        boolean sink = false;
        Set<String> options = Set.of();
        try {
            Connector connector = herder.plugins().newConnector(config.getOrDefault("connector.class", ""));
            sink = connector instanceof SinkConnector;
            options = connector.config().names();
        } catch (RuntimeException unknownClass) {
            // The check that follows says so, with the names of those that exist.
        }
        return new ConnectorDefaults(settings).complete(name, config, sink, options);
    }

    private static ConnectorStatus statusOf(ConnectorStateInfo info) {
        List<ConnectorStatus.Task> tasks = info.tasks().stream()
                .map(task -> new ConnectorStatus.Task(task.id(), ConnectorStatus.State.of(task.state()), reason(task)))
                .toList();
        return new ConnectorStatus(
                info.name(), ConnectorStatus.State.of(info.connector().state()), reason(info.connector()), tasks);
    }

    private static Optional<String> reason(ConnectorStateInfo.AbstractState state) {
        return Optional.ofNullable(state.trace()).map(EmbeddedConnect::rootCause);
    }

    /** The outermost exception of a trace is always Connect's own and says nothing. */
    private static String rootCause(String trace) {
        String marker = "Caused by: ";
        return trace.lines()
                .filter(line -> line.startsWith(marker))
                .reduce((outer, inner) -> inner)
                .map(line -> line.substring(marker.length()))
                .orElseGet(() -> firstLine(trace));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private static <T> T await(FutureCallback<T> answer) {
        try {
            return answer.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new StartException("the Connect worker did not answer within " + CALL_TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for the Connect worker", e);
        }
    }
}
