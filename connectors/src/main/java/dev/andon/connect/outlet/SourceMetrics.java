package dev.andon.connect.outlet;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a source does, as metrics of the Connect worker. May be used by several threads. Where the worker offers
 * no metrics to plugins (before Kafka 4.1), nothing is counted.
 */
public final class SourceMetrics {
    /** The worker shares a sensor among all its tasks that ask for one of the same name, so no two names may be equal. */
    private static final AtomicLong NUMBER = new AtomicLong();

    private final @Nullable PluginMetrics metrics;
    private final Map<String, Sensor> totals = new HashMap<>();

    private SourceMetrics(@Nullable PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /** The metrics of the worker that runs the task. */
    public static SourceMetrics of(SourceTaskContext context) {
        try {
            return new SourceMetrics(context.pluginMetrics());
        } catch (LinkageError olderWorker) {
            return new SourceMetrics(null);
        }
    }

    /** Something was refused: {@code rejected-total} by reason. */
    public void rejected(Enum<?> reason, long count) {
        add("rejected-total", "What was refused, by reason.", "reason", label(reason), count);
    }

    /** Records were written: {@code records-total} by topic. */
    public void written(String topic, long count) {
        add("records-total", "Records handed to Kafka, by topic.", "topic", topic, count);
    }

    /**
     * Adds to a total.
     *
     * @param name ends in {@code -total}
     * @param tag name of the only tag
     * @param value of that tag, from a closed set
     */
    public synchronized void add(String name, String description, String tag, String value, long count) {
        PluginMetrics worker = metrics;
        if (worker == null || count == 0) {
            return;
        }
        totals.computeIfAbsent(name + "." + value, key -> sensor(worker, key, name, description, tag, value))
                .record((double) count);
    }

    private static Sensor sensor(
            PluginMetrics worker, String key, String name, String description, String tag, String value) {
        var tags = new LinkedHashMap<String, String>();
        tags.put(tag, value);
        Sensor sensor = worker.addSensor(key + "-" + NUMBER.incrementAndGet());
        sensor.add(worker.metricName(name, description, tags), new CumulativeSum());
        return sensor;
    }

    /** The reason as metrics, headers and log lines write it. */
    public static String label(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
