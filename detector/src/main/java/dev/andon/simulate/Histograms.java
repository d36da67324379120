package dev.andon.simulate;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** One family of histograms on its way to a page. */
final class Histograms {
    private final HistogramSnapshot.Builder family;

    Histograms(String name, String help) {
        this.family = HistogramSnapshot.builder().name(name).help(help);
    }

    void add(Labels labels, Tally tally) {
        int size = tally.buckets().size();
        double[] bounds = new double[size + 1];
        long[] counts = new long[size + 1];
        for (int i = 0; i <= size; i++) {
            bounds[i] = i < size ? tally.buckets().bound(i) : Double.POSITIVE_INFINITY;
            counts[i] = tally.count(i);
        }
        family.dataPoint(HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(tally.sumSeconds())
                .build());
    }

    HistogramSnapshot snapshot() {
        return family.build();
    }
}
