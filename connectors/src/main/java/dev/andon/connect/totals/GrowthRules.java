package dev.andon.connect.totals;

import dev.andon.connect.exposition.Histogram;

/** How to compare two counters, and two histograms. */
final class GrowthRules {
    private GrowthRules() {}

    static Growth<Double> ofCounters(Double earlier, Double later) {
        return later < earlier ? new Growth.Fell<>() : new Growth.By<>(later - earlier);
    }

    /** Bucket by bucket: a total may have risen although one bucket was reset. */
    static Growth<Histogram> ofHistograms(Histogram earlier, Histogram later) {
        if (!earlier.buckets().equals(later.buckets())) {
            return new Growth.Incomparable<>();
        }
        var counts = new long[later.buckets().count()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = later.count(i) - earlier.count(i);
            if (counts[i] < 0) {
                return new Growth.Fell<>();
            }
        }
        // The sum is a floating-point total: rounding may let it fall by a hair when nothing was added.
        double sum = later.sum() - earlier.sum();
        return new Growth.By<>(Histogram.of(later.buckets(), sum < 0 ? 0 : sum, counts));
    }
}
