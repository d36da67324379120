package dev.andon.stats;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/** Location and scale that a few wild values do not move. */
public final class Robust {
    /** Makes the median absolute deviation estimate the standard deviation of a Gaussian. */
    private static final double MAD_TO_SIGMA = 1.4826;

    private Robust() {}

    /** @param values at least one, all finite; not changed */
    public static double median(double[] values) {
        return new Percentile().withEstimationType(EstimationType.R_7).evaluate(values, 50);
    }

    /** @return median absolute deviation about {@code centre}, scaled to a standard deviation; 0 for constant values */
    public static double scale(double[] values, double centre) {
        double[] deviations =
                Arrays.stream(values).map(v -> Math.abs(v - centre)).toArray();
        return MAD_TO_SIGMA * median(deviations);
    }
}
