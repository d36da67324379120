package dev.andon.simulate;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;

/** Counters and gauges of a page. */
final class Families {
    private Families() {}

    /** @param name without {@code _total} */
    static MetricSnapshot counter(String name, String help, CounterDataPointSnapshot... points) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        for (CounterDataPointSnapshot point : points) family.dataPoint(point);
        return family.build();
    }

    static CounterDataPointSnapshot total(long value, String... labels) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value((double) value)
                .build();
    }

    static MetricSnapshot gauge(String name, String help, GaugeDataPointSnapshot... points) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        for (GaugeDataPointSnapshot point : points) family.dataPoint(point);
        return family.build();
    }

    static GaugeDataPointSnapshot level(double value, String... labels) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build();
    }

    static MetricSnapshot processStart(Instant start) {
        return gauge(
                "process_start_time_seconds",
                "When the process began, in seconds since 1970.",
                level(start.toEpochMilli() / 1e3));
    }
}
