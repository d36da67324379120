package dev.andon.service;

import dev.andon.decide.ClusterReport;
import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.RejectReason;
import dev.andon.topology.Observer;
import dev.andon.topology.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Prometheus reads from {@code /metrics}. Every series of ours exists from the start, so that a rate over a counter
 * that has never counted is 0 and not absent.
 */
public final class Metrics implements Observer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    public static final String INPUTS = "andon.inputs";
    public static final String REJECTED = "andon.rejected";
    public static final String CHANGE_POINTS = "andon.change.points";
    public static final String SIGNALS = "andon.signals";
    public static final String DECISION_DELAY = "andon.decision.delay";
    public static final String CONNECTOR_RUNNING = "andon.connector.running";

    private static final Duration REFRESH_KAFKA = Duration.ofSeconds(10);

    private static final Topic[] INPUT_TOPICS = {
        Topic.ROLLOUTS,
        Topic.APISERVER_LATENCY,
        Topic.DNS_ERRORS,
        Topic.MEASUREMENTS,
        Topic.CLUSTERS,
        Topic.OVERRIDES,
        Topic.DELIVERIES
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Map<Topic, Counter> inputs = new ConcurrentHashMap<>();
    private final Map<Evidence.Kind, Counter> changePoints = new EnumMap<>(Evidence.Kind.class);
    private final Map<Action, Counter> signals = new EnumMap<>(Action.class);
    private final Timer decisionDelay;
    private final ClusterHealths healths = new ClusterHealths();

    public Metrics() {
        registry.config().meterFilter(new KafkaMeters());
        bindJvm();
        collect(healths::describe);
        for (Topic topic : INPUT_TOPICS) {
            inputs.put(topic, inputCounter(topic));
            for (RejectReason reason : RejectReason.values()) {
                rejectedCounter(topic, reason);
            }
        }
        for (Evidence.Kind kind : Evidence.Kind.values()) {
            changePoints.put(kind, counter(CHANGE_POINTS, "Change points found", "kind", lower(kind)));
        }
        for (Action action : Action.values()) {
            signals.put(action, counter(SIGNALS, "Signals written", "action", lower(action)));
        }
        decisionDelay = Timer.builder(DECISION_DELAY)
                .description("Time from the newest sample that had been seen to the signal")
                .serviceLevelObjectives(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(1))
                .register(registry);
    }

    private void bindJvm() {
        new JvmInfoMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** Returns all meters in Prometheus' text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    /** Returns the registry, for meters of other packages. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /**
     * Adds families whose labels come and go.
     *
     * @param source asked at every scrape; must not block. When it fails, only its families are missing
     */
    public void collect(Consumer<LiveFamilies> source) {
        MultiCollector collector = () -> {
            LiveFamilies families = new LiveFamilies();
            try {
                source.accept(families);
            } catch (RuntimeException e) {
                LOG.warn("some metrics cannot be shown: {}", e.toString());
            }
            return families.snapshots();
        };
        registry.getPrometheusRegistry().register(collector);
    }

    /** Adds the chosen metrics of a Kafka Streams client; close the result before the client. */
    public AutoCloseable bind(KafkaStreams streams) {
        ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kafka-metrics");
            thread.setDaemon(true);
            return thread;
        });
        // Tasks and stores come when work is shared out, some time after the start.
        KafkaStreamsMetrics binder = new KafkaStreamsMetrics(streams, Tags.empty(), refresher, REFRESH_KAFKA);
        binder.bindTo(registry);
        return () -> {
            refresher.shutdownNow();
            binder.close();
        };
    }

    /** Shows whether a connector runs: 1 or 0, asked at every scrape. */
    void connector(String name, Supplier<Boolean> running) {
        Gauge.builder(CONNECTOR_RUNNING, () -> running.get() ? 1 : 0)
                .description("Whether the connector and all its tasks run")
                .tag("connector", name)
                .register(registry);
    }

    @Override
    public void accepted(Topic from) {
        inputs.computeIfAbsent(from, this::inputCounter).increment();
    }

    @Override
    public void rejected(Topic from, RejectReason reason) {
        rejectedCounter(from, reason).increment();
    }

    @Override
    public void changePoint(Evidence.Kind kind) {
        counterOf(changePoints, kind).increment();
    }

    @Override
    public void signal(Action action, Duration delay) {
        counterOf(signals, action).increment();
        decisionDelay.record(delay);
    }

    @Override
    public void health(String cluster, ClusterReport.Health health) {
        healths.put(cluster, health);
    }

    @Override
    public void released(String cluster) {
        healths.remove(cluster);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private Counter inputCounter(Topic topic) {
        return counter(INPUTS, "Inputs read and handed to the decision", "topic", topic.name(""));
    }

    /** The registry finds the counter of the same name and labels when there is one. */
    private Counter rejectedCounter(Topic topic, RejectReason reason) {
        return Counter.builder(REJECTED)
                .description("Inputs refused and kept as dead letters")
                .tag("topic", topic.name(""))
                .tag("reason", reason.label())
                .register(registry);
    }

    private Counter counter(String name, String description, String label, String value) {
        return Counter.builder(name).description(description).tag(label, value).register(registry);
    }

    private static <K> Counter counterOf(Map<K, Counter> counters, K key) {
        return Objects.requireNonNull(counters.get(key));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
