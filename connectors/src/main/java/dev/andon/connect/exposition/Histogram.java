package dev.andon.connect.exposition;

import java.util.Arrays;

/** The running totals of one histogram series as a page showed them. The counts are per bucket, not cumulative. */
public final class Histogram {
    private final Buckets buckets;
    private final long[] counts;
    private final double sum;

    /**
     * @param buckets the layout
     * @param counts observations in each bucket, the overflow bucket last, each {@code >= 0}; not written to afterwards
     * @param sum of all observations in the unit of the metric; NaN when the page does not say
     */
    Histogram(Buckets buckets, long[] counts, double sum) {
        if (counts.length != buckets.count()) {
            throw new IllegalArgumentException(
                    "a histogram of " + buckets.count() + " buckets needs as many counts but got " + counts.length);
        }
        this.buckets = buckets;
        this.counts = counts;
        this.sum = sum;
    }

    /** As the constructor, with a copy of the counts. */
    public static Histogram of(Buckets buckets, double sum, long... counts) {
        return new Histogram(buckets, counts.clone(), sum);
    }

    public Buckets buckets() {
        return buckets;
    }

    /** @return observations in that bucket alone; the last index is the overflow bucket */
    public long count(int bucket) {
        return counts[bucket];
    }

    /** @return sum of all observations in the unit of the metric; NaN when the page does not say */
    public double sum() {
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that
                && buckets.equals(that.buckets)
                && Arrays.equals(counts, that.counts)
                && Double.compare(sum, that.sum) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * buckets.hashCode() + Arrays.hashCode(counts)) + Double.hashCode(sum);
    }

    @Override
    public String toString() {
        return "buckets " + buckets + " counts " + Arrays.toString(counts) + " sum " + sum;
    }
}
