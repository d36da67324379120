package dev.andon.connect.exposition;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A histogram whose buckets arrive one by one, in any order, cumulative as both formats write them. */
final class HistogramDraft {
    private static final long UNKNOWN = -1;

    private double[] bounds = new double[24];
    private long[] cumulative = new long[24];
    private int size;
    private boolean ascending = true;
    private long total = UNKNOWN;
    private long count = UNKNOWN;
    private double sum = Double.NaN;

    void clear() {
        size = 0;
        ascending = true;
        total = UNKNOWN;
        count = UNKNOWN;
        sum = Double.NaN;
    }

    void bucket(double upperBound, long cumulativeCount) {
        if (upperBound == Double.POSITIVE_INFINITY) {
            total = cumulativeCount;
            return;
        }
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
            cumulative = Arrays.copyOf(cumulative, 2 * size);
        }
        ascending &= size == 0 || upperBound > bounds[size - 1];
        bounds[size] = upperBound;
        cumulative[size] = cumulativeCount;
        size++;
    }

    void sum(double value) {
        sum = value;
    }

    void count(long value) {
        count = value;
    }

    /** @return whether there are buckets at all; a native histogram has none */
    boolean hasBuckets() {
        return size > 0 || total != UNKNOWN;
    }

    /**
     * @param layout a layout seen before, reused when it fits, because nearly all series of a page share one
     * @return the histogram; null when its buckets contradict one another
     */
    @Nullable
    Histogram finish(@Nullable Buckets layout) {
        if (!ascending) {
            sort();
        }
        long last = total == UNKNOWN ? count : total;
        if (last == UNKNOWN || !hasBuckets()) {
            return null;
        }
        var counts = new long[size + 1];
        long below = 0;
        for (int i = 0; i <= size; i++) {
            long upTo = i == size ? last : cumulative[i];
            boolean repeated = i > 0 && i < size && !(bounds[i] > bounds[i - 1]);
            if (upTo < below || repeated) {
                return null;
            }
            counts[i] = upTo - below;
            below = upTo;
        }
        Buckets buckets =
                layout != null && layout.hasBounds(bounds, size) ? layout : Buckets.of(Arrays.copyOf(bounds, size));
        return new Histogram(buckets, counts, sum);
    }

    /** Rare: servers write buckets in order. Never quadratic, because a page may hold a million of them. */
    private void sort() {
        var order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> bounds[i]));
        double[] sortedBounds = bounds.clone();
        long[] sortedCounts = cumulative.clone();
        for (int i = 0; i < size; i++) {
            sortedBounds[i] = bounds[order[i]];
            sortedCounts[i] = cumulative[order[i]];
        }
        bounds = sortedBounds;
        cumulative = sortedCounts;
    }
}
