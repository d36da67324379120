package dev.andon.connect.exposition;

import java.util.Arrays;

/** The finite upper bounds of a histogram's buckets, ascending; one overflow bucket follows the last. */
public final class Buckets {
    private final double[] upperBounds;

    private Buckets(double[] upperBounds) {
        this.upperBounds = upperBounds;
    }

    /** @param upperBounds finite and strictly ascending, in the unit of the metric; copied */
    public static Buckets of(double... upperBounds) {
        for (int i = 0; i < upperBounds.length; i++) {
            if (!Double.isFinite(upperBounds[i]) || (i > 0 && !(upperBounds[i] > upperBounds[i - 1]))) {
                throw new IllegalArgumentException(
                        "bucket bounds must be finite and ascending but were " + Arrays.toString(upperBounds));
            }
        }
        return new Buckets(upperBounds.clone());
    }

    /** @return number of buckets, the overflow bucket included */
    public int count() {
        return upperBounds.length + 1;
    }

    /** @return a copy of the finite bounds, one fewer than there are buckets */
    public double[] upperBounds() {
        return upperBounds.clone();
    }

    boolean hasBounds(double[] bounds, int length) {
        return Arrays.equals(upperBounds, 0, upperBounds.length, bounds, 0, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets that && Arrays.equals(upperBounds, that.upperBounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(upperBounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(upperBounds);
    }
}
