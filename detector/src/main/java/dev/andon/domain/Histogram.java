package dev.andon.domain;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Latencies of one interval. Bucket {@code i} holds those in {@code (upperBounds[i-1], upperBounds[i]]}; the last count is
 * the overflow. Not cumulative. The arrays are never changed after construction and must not be changed by callers.
 *
 * @param upperBounds rising upper bounds in seconds, 1 to 500 of them, without +Inf
 * @param counts one more than {@code upperBounds}, each {@code >= 0}
 * @param sum sum of all latencies in seconds, when the source knows it
 */
@SuppressWarnings(
        "ArrayRecordComponent") // equality is by content, see below; copying per sample would be half the cost of a
// step
public record Histogram(double[] upperBounds, long[] counts, OptionalDouble sum) {
    private static final int MAX_BUCKETS = 500;

    public Histogram {
        if (upperBounds.length == 0 || upperBounds.length > MAX_BUCKETS) {
            throw new InvalidInput(
                    RejectReason.OUT_OF_RANGE,
                    "upperBoundsSeconds must have 1 to " + MAX_BUCKETS + " entries but has " + upperBounds.length);
        }
        if (counts.length != upperBounds.length + 1) {
            throw new InvalidInput(
                    RejectReason.INCONSISTENT,
                    "counts must have one entry more than upperBoundsSeconds (" + upperBounds.length + ") but has "
                            + counts.length);
        }
        for (int i = 0; i < upperBounds.length; i++) {
            Require.finite("upperBoundsSeconds", upperBounds[i]);
            if (upperBounds[i] < 0 || (i > 0 && upperBounds[i] <= upperBounds[i - 1])) {
                throw new InvalidInput(
                        RejectReason.INCONSISTENT,
                        "upperBoundsSeconds must be >= 0 and rise strictly but entry " + i + " is " + upperBounds[i]);
            }
        }
        for (long count : counts) Require.notNegative("counts", count);
        if (sum.isPresent()) {
            Require.finite("sumSeconds", sum.getAsDouble());
            if (sum.getAsDouble() < 0) {
                throw new InvalidInput(
                        RejectReason.OUT_OF_RANGE, "sumSeconds must be >= 0 but was " + sum.getAsDouble());
            }
        }
    }

    /** @return number of requests in the interval */
    public long total() {
        long total = 0;
        for (long count : counts) total += count;
        return total;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that
                && Arrays.equals(upperBounds, that.upperBounds)
                && Arrays.equals(counts, that.counts)
                && sum.equals(that.sum);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(upperBounds) + Arrays.hashCode(counts)) + sum.hashCode();
    }

    @Override
    public String toString() {
        return "Histogram[upperBounds=" + Arrays.toString(upperBounds) + ", counts=" + Arrays.toString(counts)
                + ", sum=" + sum + "]";
    }
}
