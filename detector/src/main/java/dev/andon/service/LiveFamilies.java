package dev.andon.service;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Families whose labels come and go, such as clusters and rollouts: made anew at every scrape, so that what is gone is not
 * shown for ever. The first value of equal labels counts.
 */
public final class LiveFamilies {
    private final Map<String, Family<GaugeSnapshot.Builder>> gauges = new TreeMap<>();
    private final Map<String, Family<CounterSnapshot.Builder>> counters = new TreeMap<>();

    private record Family<B>(B builder, Set<String> seen) {}

    /**
     * Adds a row to a gauge.
     *
     * @param help the same for every row
     * @param labels name, value, name, value and so on
     */
    public void gauge(String name, String help, double value, String... labels) {
        Family<GaugeSnapshot.Builder> family = gauges.computeIfAbsent(
                name, key -> new Family<>(GaugeSnapshot.builder().name(name).help(help), new TreeSet<>()));
        if (!family.seen().add(Arrays.toString(labels))) return;
        family.builder()
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    /**
     * Adds a row to a counter.
     *
     * @param name without {@code _total}, which is added
     */
    public void counter(String name, String help, double value, String... labels) {
        Family<CounterSnapshot.Builder> family = counters.computeIfAbsent(
                name, key -> new Family<>(CounterSnapshot.builder().name(name).help(help), new TreeSet<>()));
        if (!(value >= 0) || !family.seen().add(Arrays.toString(labels))) return;
        family.builder()
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        gauges.values().forEach(family -> all.metricSnapshot(family.builder().build()));
        counters.values().forEach(family -> all.metricSnapshot(family.builder().build()));
        return all.build();
    }
}
