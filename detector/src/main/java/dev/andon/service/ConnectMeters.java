package dev.andon.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * The few metrics of the Connect worker and of its connectors that somebody acts upon, under names of ours. A worker has
 * some forty per task.
 */
final class ConnectMeters {
    private static final String PLUGINS = "plugins";
    private static final List<Chosen> CHOSEN = List.of(
            new Chosen(
                    "source-task-metrics",
                    "source-record-write-total",
                    "andon_connector_written",
                    "Records that a source connector wrote to Kafka",
                    List.of()),
            new Chosen(
                    "sink-task-metrics",
                    "sink-record-read-total",
                    "andon_connector_read",
                    "Records that a sink connector read from Kafka",
                    List.of()),
            new Chosen(
                    "task-error-metrics",
                    "total-record-failures",
                    "andon_connector_failures",
                    "Records that a connector could not take",
                    List.of()),
            new Chosen(
                    "task-error-metrics",
                    "deadletterqueue-produce-requests",
                    "andon_connector_dead_letters",
                    "Records that a sink connector put among the dead letters",
                    List.of()),
            new Chosen(PLUGINS, "scrapes-total", "andon_scrapes", "Scrapes by what came of them", List.of("outcome")),
            new Chosen(
                    PLUGINS,
                    "rejected-total",
                    "andon_source_rejected",
                    "What a source connector refused",
                    List.of("reason")),
            new Chosen(
                    PLUGINS,
                    "discovery-problems-total",
                    "andon_discovery_problems",
                    "Looks at a list of targets that found something wrong",
                    List.of("source")),
            new Chosen(
                    PLUGINS,
                    "attempts-total",
                    "andon_delivery_attempts",
                    "Attempts to deliver a signal by how they ended",
                    List.of("reason")));
    private static final Chosen HEALTHY = new Chosen(
            PLUGINS,
            "receiver-healthy",
            "andon_receiver_healthy",
            "1 while the receiver takes signals",
            List.of("target"));
    private static final Chosen TARGETS =
            new Chosen(PLUGINS, "targets", "andon_scrape_targets", "Targets that a task scrapes", List.of());
    private static final Chosen SLOWEST = new Chosen(
            PLUGINS,
            "scrape-millis-max",
            "andon_scrape_seconds_max",
            "Longest time from request to page of late",
            List.of());

    /** @param labels tags of the metric that are kept, besides connector and task */
    private record Chosen(String group, String metric, String name, String help, List<String> labels) {
        boolean is(MetricName candidate) {
            return candidate.group().equals(group) && candidate.name().equals(metric);
        }
    }

    private ConnectMeters() {}

    /** @param metrics of the worker, now */
    static void describe(Map<MetricName, KafkaMetric> metrics, LiveFamilies families) {
        metrics.forEach((name, metric) -> {
            if (!(metric.metricValue() instanceof Number number)) return;
            double value = number.doubleValue();
            for (Chosen chosen : CHOSEN) {
                row(chosen, name, labels -> families.counter(chosen.name(), chosen.help(), value, labels));
            }
            row(HEALTHY, name, labels -> families.gauge(HEALTHY.name(), HEALTHY.help(), value, labels));
            row(TARGETS, name, labels -> families.gauge(TARGETS.name(), TARGETS.help(), value, labels));
            if (!Double.isFinite(value)) return;
            row(SLOWEST, name, labels -> families.gauge(SLOWEST.name(), SLOWEST.help(), value / 1_000, labels));
        });
    }

    /** @return the receivers that take no signals now, as metrics name them, by connector */
    static Map<String, SortedSet<String>> unhealthy(Map<MetricName, KafkaMetric> metrics) {
        Map<String, SortedSet<String>> unhealthy = new HashMap<>();
        metrics.forEach((name, metric) -> {
            if (!HEALTHY.is(name) || !(metric.metricValue() instanceof Number number)) return;
            String connector = name.tags().get("connector");
            if (connector == null || number.intValue() != 0) return;
            unhealthy
                    .computeIfAbsent(connector, any -> new TreeSet<>())
                    .add(name.tags().getOrDefault("target", ""));
        });
        return unhealthy;
    }

    private static void row(Chosen chosen, MetricName name, Consumer<String[]> add) {
        if (!chosen.is(name) || !name.tags().containsKey("connector")) return;
        List<String> labels = new ArrayList<>();
        for (String label : List.of("connector", "task")) label(labels, name, label);
        for (String label : chosen.labels()) label(labels, name, label);
        add.accept(labels.toArray(String[]::new));
    }

    private static void label(List<String> labels, MetricName name, String label) {
        labels.add(label);
        labels.add(name.tags().getOrDefault(label, ""));
    }
}
