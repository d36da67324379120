package dev.andon.connect.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What the framework would offer a task, remembered. */
public final class TestContext implements SinkTaskContext {
    /** Milliseconds of each wait that the task asked for. */
    public final List<Long> waits = new ArrayList<>();

    /** Offset and reason of each record that went to the dead letter topic. */
    public final Map<Long, Throwable> deadLetters = new LinkedHashMap<>();

    private final Metrics metrics = new Metrics();
    private final boolean hasDeadLetterTopic;

    public TestContext(boolean hasDeadLetterTopic) {
        this.hasDeadLetterTopic = hasDeadLetterTopic;
    }

    @Override
    @SuppressWarnings("NullAway") // the framework returns null where no dead letter topic is set
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return hasDeadLetterTopic ? this::report : null;
    }

    private CompletableFuture<Void> report(SinkRecord record, Throwable cause) {
        deadLetters.put(record.originalKafkaOffset(), cause);
        return CompletableFuture.completedFuture(null);
    }

    /** How many attempts ended for each reason, those that none ended for left out. */
    public Map<String, Double> attempts() {
        return metrics.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(AttemptMetrics.NAME))
                .filter(metric -> !metric.metricValue().equals(0.0))
                .collect(Collectors.toMap(metric -> metric.metricName().tags().getOrDefault("reason", "none"), metric ->
                        (Double) metric.metricValue()));
    }

    /** The gauge of each receiver. */
    public List<Object> healthy() {
        return metrics.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(AttemptMetrics.HEALTHY))
                .map(metric -> metric.metricValue())
                .toList();
    }

    /** Every name and tag that the task registered, as one text. */
    public String metricNames() {
        return metrics.metrics().keySet().toString();
    }

    @Override
    public void timeout(long timeoutMs) {
        waits.add(timeoutMs);
    }

    @Override
    public Map<String, String> configs() {
        throw unexpected();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw unexpected();
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw unexpected();
    }

    @Override
    public Set<TopicPartition> assignment() {
        throw unexpected();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw unexpected();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw unexpected();
    }

    @Override
    public void requestCommit() {
        throw unexpected();
    }

    @Override
    public PluginMetrics pluginMetrics() {
        // The worker takes away the metrics of a task that stopped before it starts another one.
        List.copyOf(metrics.metrics().keySet()).stream()
                .filter(name -> name.group().equals("plugins"))
                .forEach(metrics::removeMetric);
        return new TestMetrics(metrics);
    }

    private static AssertionError unexpected() {
        return new AssertionError("a sink of signals has no need of this");
    }

    /** The worker's registry without its naming rules. */
    private record TestMetrics(Metrics metrics) implements PluginMetrics {
        @Override
        public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
            return metrics.metricName(name, "plugins", description, tags);
        }

        @Override
        public void addMetric(MetricName name, MetricValueProvider<?> value) {
            metrics.removeMetric(name); // a task that is started again registers it again
            metrics.addMetric(name, value);
        }

        @Override
        public void removeMetric(MetricName name) {
            metrics.removeMetric(name);
        }

        @Override
        public Sensor addSensor(String name) {
            return metrics.sensor(name);
        }

        @Override
        public void removeSensor(String name) {
            metrics.removeSensor(name);
        }
    }
}
