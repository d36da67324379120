package dev.andon.detect;

import dev.andon.domain.Histogram;
import java.util.OptionalDouble;

/**
 * The tail of a latency: requests that are slower than hardly any was when the mean was learnt. A few such hardly move the mean.
 *
 * <p>The bound is chosen once per level of the mean and kept, as another one would look like a change.
 */
public final class Tail {
    /** Slower than this many times the mean: about one of 200 requests where logarithms spread by 1. */
    private static final double TIMES_THE_MEAN = 8;
    /** Quicker requests than this hurt nobody, in seconds. */
    private static final double LEAST_SECONDS = 0.1;
    /** A last bucket from less than this many times the mean on is not the tail. */
    private static final double LEAST_TIMES_THE_MEAN = 3;

    private Tail() {}

    /**
     * @param latency what is known of the mean
     * @return the smallest bound of a bucket that only the tail exceeds, in seconds; absent while the mean is learnt, and
     *     where the last bucket holds more than the tail
     */
    public static OptionalDouble bound(Histogram histogram, SeriesState latency) {
        if (latency.finding().warmingUp() || latency.usualLevel().isEmpty()) return OptionalDouble.empty();
        double mean = Math.exp(latency.usualLevel().get());
        double[] bounds = histogram.upperBounds();
        for (double bound : bounds) {
            if (bound >= Math.max(LEAST_SECONDS, TIMES_THE_MEAN * mean)) return OptionalDouble.of(bound);
        }
        double last = bounds[bounds.length - 1];
        return last >= Math.max(LEAST_SECONDS, LEAST_TIMES_THE_MEAN * mean)
                ? OptionalDouble.of(last)
                : OptionalDouble.empty();
    }

    /** @return requests in the buckets above {@code bound} seconds; of other buckets than it was chosen from, those wholly above */
    public static long slower(Histogram histogram, double bound) {
        double[] bounds = histogram.upperBounds();
        long slower = 0;
        for (int i = bounds.length; i > 0 && bounds[i - 1] >= bound; i--)
            slower += histogram.counts()[i];
        return slower;
    }
}
