package dev.andon.connect.scrape;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** What a worker gives to a task: real metrics, and no offsets because the task must not ask for any. */
final class FakeContext implements SourceTaskContext {
    private final Metrics metrics = new Metrics();

    @Override
    public Map<String, String> configs() {
        throw new UnsupportedOperationException("the task is given its configuration");
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        throw new UnsupportedOperationException("a scrape cannot be resumed");
    }

    @Override
    public PluginMetrics pluginMetrics() {
        return new PluginMetricsImpl(metrics, Map.of());
    }

    /** @return the gauge of targets */
    int targets() {
        return metrics.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("targets"))
                .mapToInt(metric -> (Integer) metric.metricValue())
                .findFirst()
                .orElseThrow();
    }

    /** @return the totals by name and label, such as {@code rejected-total{reason=bad_value}} */
    Map<String, Double> totals() {
        return metrics.metrics().values().stream()
                .filter(metric -> metric.metricName().name().endsWith("-total"))
                .collect(Collectors.toMap(
                        metric ->
                                metric.metricName().name() + metric.metricName().tags(),
                        metric -> (Double) metric.metricValue(),
                        Double::sum,
                        TreeMap::new));
    }
}
