package dev.andon.connect.scrape;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Counts what the task does, as metrics of the Connect worker: {@code scrapes-total} by outcome, {@code samples-total},
 * {@code rejected-total} by reason, {@code discovery-problems-total} by
 * source, {@code targets}, and {@code scrape-millis-avg} and {@code -max}. Used by the polling thread and the one that
 * looks for targets.
 */
interface ScrapeMetrics {
    /** Where the worker offers no metrics to plugins (before Kafka 4.1). */
    ScrapeMetrics NONE = new ScrapeMetrics() {
        @Override
        public void scraped(String outcome, long millis) {
            // Nowhere to count.
        }

        @Override
        public void rejected(Enum<?> reason, long count) {
            // Nowhere to count.
        }

        @Override
        public void samples(long count) {
            // Nowhere to count.
        }

        @Override
        public void discoveryProblem(Discovery.Source source) {
            // Nowhere to count.
        }

        @Override
        public void targets(int count) {
            // Nowhere to tell.
        }
    };

    void scraped(String outcome, long millis);

    void rejected(Enum<?> reason, long count);

    void samples(long count);

    /** Something that names targets could not be used when it was looked at. */
    void discoveryProblem(Discovery.Source source);

    /** How many targets there are from now on. */
    void targets(int count);

    static ScrapeMetrics of(SourceTaskContext context) {
        try {
            PluginMetrics metrics = context.pluginMetrics();
            return new OfWorker(metrics);
        } catch (LinkageError olderWorker) {
            return NONE;
        }
    }

    /** The metrics of a worker that has some. */
    final class OfWorker implements ScrapeMetrics {
        /** The worker shares a sensor among all its tasks that ask for one of the same name, so no two names may be equal. */
        private static final AtomicLong NUMBER = new AtomicLong();

        private final PluginMetrics metrics;
        private final Map<String, Sensor> totals = new HashMap<>();
        private final Sensor duration;
        private volatile int targets;

        private OfWorker(PluginMetrics metrics) {
            this.metrics = metrics;
            duration = metrics.addSensor("scrape-millis-" + NUMBER.incrementAndGet());
            duration.add(
                    metrics.metricName("scrape-millis-avg", "Time from request to page, ms.", tags("", "")), new Avg());
            duration.add(
                    metrics.metricName("scrape-millis-max", "Time from request to page, ms.", tags("", "")), new Max());
            metrics.addMetric(metrics.metricName("targets", "Targets of this task.", tags("", "")), (Gauge<Integer>)
                    (config, now) -> targets);
            // From the beginning on, so that the first problem is seen as a step and not as a new series.
            for (Discovery.Source source : Discovery.Source.values()) {
                var unused = problems(source);
            }
        }

        @Override
        public void scraped(String outcome, long millis) {
            total("scrapes-total", "Scrapes by what came of them.", "outcome", outcome)
                    .record(1);
            duration.record((double) millis);
        }

        @Override
        public void rejected(Enum<?> reason, long count) {
            total("rejected-total", "Lines, series and pages that were refused.", "reason", label(reason))
                    .record((double) count);
        }

        @Override
        public void samples(long count) {
            total("samples-total", "Samples written.", "", "").record((double) count);
        }

        @Override
        public void discoveryProblem(Discovery.Source source) {
            problems(source).record(1);
        }

        private Sensor problems(Discovery.Source source) {
            return total(
                    "discovery-problems-total",
                    "Looks at a list of targets that found something wrong, by what it was.",
                    "source",
                    label(source));
        }

        @Override
        public void targets(int count) {
            targets = count;
        }

        private synchronized Sensor total(String name, String description, String tag, String value) {
            return totals.computeIfAbsent(name + "." + value, key -> {
                Sensor sensor = metrics.addSensor(key + "-" + NUMBER.incrementAndGet());
                sensor.add(metrics.metricName(name, description, tags(tag, value)), new CumulativeSum());
                return sensor;
            });
        }

        @SuppressWarnings("NonApiType") // the API of the worker wants this very class
        private static LinkedHashMap<String, String> tags(String tag, String value) {
            var tags = new LinkedHashMap<String, String>();
            if (!tag.isEmpty()) {
                tags.put(tag, value);
            }
            return tags;
        }
    }

    /** @return the reason as metrics, headers and log lines write it */
    static String label(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
