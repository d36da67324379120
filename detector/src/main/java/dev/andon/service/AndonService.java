package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ConfigException;
import dev.andon.service.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service: broker, topics, streams, connectors, HTTP, started in this order and stopped in the opposite one
 * within ten seconds. A start that fails stops what was started and leaves nothing behind.
 */
public final class AndonService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AndonService.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(9_500);

    private final AndonConfig config;
    private final Parts parts;
    private final Metrics metrics = new Metrics();
    private final Deque<Stop> stops = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile String bootstrapServers = "";
    private volatile @Nullable EmbeddedKafka broker;
    private volatile @Nullable StreamsApplication streams;
    private volatile @Nullable EmbeddedConnect connect;

    /**
     * What the service is put together from.
     *
     * @param streams makes the detector
     * @param http opens the HTTP interface; called last, when everything else is there
     * @param plugins folder with the connectors, unpacked; absent when none are wanted
     */
    public record Parts(StreamsApplication.Factory streams, Http http, Optional<Path> plugins, Clock clock) {}

    /** Opens the HTTP interface on a service; closing the result closes it. */
    @FunctionalInterface
    public interface Http {
        /** For a service that nobody asks anything. */
        Http NONE = service -> () -> {};

        AutoCloseable open(AndonService service);
    }

    /** @param most how long this part may take of the time there is */
    private record Stop(String what, Duration most, Consumer<Duration> action) {}

    private AndonService(AndonConfig config, Parts parts) {
        this.config = config;
        this.parts = parts;
    }

    /**
     * Starts everything and returns. Whether the detector is at work already is said by {@link #health}.
     *
     * @throws StartException when something outside does not allow it
     * @throws ConfigException when a connector refuses its configuration
     */
    public static AndonService start(AndonConfig config, Parts parts) {
        AndonService service = new AndonService(config, parts);
        try {
            service.startBroker();
            service.startTopics();
            service.startStreams();
            service.startConnectors();
            service.startHttp();
            return service;
        } catch (RuntimeException | Error e) {
            service.close();
            throw e;
        }
    }

    private void startBroker() {
        stops.push(new Stop("metrics", Duration.ofSeconds(1), limit -> metrics.close()));
        if (config.kafka().embedded()) {
            EmbeddedKafka started = EmbeddedKafka.start(ServiceSettings.broker(config));
            broker = started;
            bootstrapServers = started.bootstrapServers();
            stops.push(new Stop("broker", Duration.ofSeconds(4), started::close));
            LOG.info("Kafka runs in this process at {}, data in {}", bootstrapServers, config.dataDirectory());
        } else {
            bootstrapServers = config.kafka().bootstrapServers().orElseThrow();
            DirectoryLock lock = DirectoryLock.take(config.dataDirectory());
            stops.push(new Stop("data directory", Duration.ofSeconds(1), limit -> release(lock)));
        }
    }

    private void startTopics() {
        new TopicCreation(bootstrapServers, clients(), config.kafka().topics(), ServiceSettings.topics(config.kafka()))
                .ensure();
        if (!config.clusters().isEmpty()) {
            ClusterPublication.publish(
                    bootstrapServers,
                    clients(),
                    config.kafka().topics().clusters(),
                    config.clusters(),
                    parts.clock().instant());
        }
    }

    private void startStreams() {
        StreamsApplication application = parts.streams()
                .create(new StreamsApplication.Context(
                        config,
                        bootstrapServers,
                        clients(),
                        config.dataDirectory().resolve("streams"),
                        metrics));
        streams = application;
        stops.push(new Stop("detector", Duration.ofSeconds(4), application::close));
        application.start();
    }

    private void startConnectors() {
        List<ConnectorPlan> plans = ConnectorPlan.of(config);
        if (plans.isEmpty() && parts.plugins().isEmpty()) {
            return;
        }
        Path plugins = parts.plugins()
                .orElseThrow(() -> new StartException(
                        "the configuration asks for connectors (" + plans.get(0).name()
                                + ") but the folder of the connectors is not known; start Andon with its launcher"));
        EmbeddedConnect started = EmbeddedConnect.start(ServiceSettings.connect(config, bootstrapServers, plugins));
        connect = started;
        stops.push(new Stop("connectors", Duration.ofSeconds(4), started::close));
        metrics.collect(started::describe);
        refuseProblems(started, plans);
        plans.forEach(plan -> {
            started.create(plan.name(), plan.properties());
            metrics.connector(plan.name(), () -> started.status(plan.name())
                    .map(ConnectorStatus::running)
                    .orElse(false));
        });
        ConnectorWatch watch = new ConnectorWatch(started::statuses, started::restart, parts.clock());
        stops.push(new Stop("connector watch", Duration.ofSeconds(1), limit -> watch.close()));
        watch.start();
    }

    private void refuseProblems(EmbeddedConnect started, List<ConnectorPlan> plans) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConnectorPlan plan : plans) {
            started.check(plan.name(), plan.properties())
                    .forEach(problem -> problems.add(plan.problemIn(config, problem)));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(config.origin().file(), problems);
        }
    }

    private void startHttp() {
        AutoCloseable http = parts.http().open(this);
        stops.push(new Stop("HTTP", Duration.ofSeconds(2), limit -> closeQuietly(http)));
    }

    /** Returns how each part is, asked now. */
    public Health health() {
        List<Health.Component> components = new ArrayList<>();
        EmbeddedKafka kafka = broker;
        if (kafka != null) {
            components.add(kafka.fault()
                    .map(reason -> Health.Component.of("broker", Health.Status.DOWN, reason))
                    .orElseGet(() -> Health.Component.up("broker")));
        }
        StreamsApplication detector = streams;
        components.add(
                detector == null
                        ? Health.Component.of("detector", Health.Status.STARTING, "not yet started")
                        : health(detector.state()));
        EmbeddedConnect worker = connect;
        if (worker != null) {
            Map<String, SortedSet<String>> unhealthy = worker.unhealthyReceivers();
            worker.statuses()
                    .forEach(status ->
                            components.add(health(status, unhealthy.getOrDefault(status.name(), new TreeSet<>()))));
        }
        return Health.of(components);
    }

    private static Health.Component health(StreamsApplication.State state) {
        Health.Status status =
                switch (state.phase()) {
                    case STARTING -> Health.Status.STARTING;
                    case RUNNING -> Health.Status.UP;
                    case FAILED, STOPPED -> Health.Status.DOWN;
                };
        return Health.Component.of("detector", status, state.detail());
    }

    /** A receiver that takes no signals is as bad as a connector that does not run: a HALT would not get through. */
    private static Health.Component health(ConnectorStatus status, SortedSet<String> unhealthy) {
        String name = "connector " + status.name();
        Optional<String> refusing = unhealthy.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", unhealthy) + " takes no signals; the log says why");
        return status.failure()
                .or(() -> refusing)
                .map(reason -> Health.Component.of(name, Health.Status.DEGRADED, reason))
                .orElseGet(() -> Health.Component.up(name));
    }

    /** Returns the configuration the service runs with. */
    public AndonConfig config() {
        return config;
    }

    /** Returns {@code host:port} of the Kafka in use. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Returns the properties that every Kafka client needs beside the address; may hold secrets. */
    public Map<String, String> clients() {
        return config.kafka().clients().values();
    }

    public Metrics metrics() {
        return metrics;
    }

    /** Returns the states of the connectors; none when there is no worker. */
    public List<ConnectorStatus> connectors() {
        EmbeddedConnect worker = connect;
        return worker == null ? List.of() : worker.statuses();
    }

    /** Stops everything within ten seconds; harmless when called again. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        for (Stop stop : stops) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
            Duration limit = left.compareTo(stop.most()) < 0 ? left : stop.most();
            StopWithin.limit(limit, stop.what(), () -> stop.action().accept(limit));
        }
        LOG.info("stopped");
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock of the data directory was not released: {}", e.getMessage());
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("the HTTP interface did not close cleanly: {}", e.toString());
        }
    }
}
