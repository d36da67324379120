package dev.andon.detect;

import java.util.Arrays;

/**
 * Baseline and run of a series of numbers.
 *
 * @param warmup the first values, until there are enough; empty afterwards
 * @param level robust mean of the old regime
 * @param scale robust standard deviation of one tick of typical weight
 * @param typicalWeight mean weight of a tick
 * @param learned ticks behind the baseline, at most the memory
 * @param autocorrelation lag-one autocorrelation of the standardised values, in [0, 0.9]
 * @param previous last standardised value
 * @param run the stretch that may be a new regime
 */
@SuppressWarnings("ArrayRecordComponent") // states are replaced, never changed
public record LevelState(
        double[] warmup,
        double level,
        double scale,
        double typicalWeight,
        double learned,
        double autocorrelation,
        double previous,
        Run run) {
    public static final LevelState EMPTY =
            new LevelState(new double[0], 0, 0, 0, 0, 0, 0, Run.none(LevelDetector.SHIFTS.length));

    @Override
    public boolean equals(Object other) {
        return other instanceof LevelState that
                && Arrays.equals(warmup, that.warmup)
                && level == that.level
                && scale == that.scale
                && typicalWeight == that.typicalWeight
                && learned == that.learned
                && autocorrelation == that.autocorrelation
                && previous == that.previous
                && run.equals(that.run);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(level) * 31 + run.hashCode();
    }

    @Override
    public String toString() {
        return "LevelState[level=" + level + ", scale=" + scale + ", learned=" + learned + ", run=" + run + "]";
    }
}
