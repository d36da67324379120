package dev.andon.detect;

import java.util.Arrays;

/**
 * Baselines and run of a series of numbers.
 *
 * @param warmup the first values, until there are enough; empty afterwards
 * @param usual what ticks are compared with: the old regime, as known before the run began
 * @param newest the same, and what the run has taught since; takes the place of {@code usual} when the run comes to nothing
 * @param run the stretch that may be a new regime
 */
@SuppressWarnings("ArrayRecordComponent") // states are replaced, never changed
public record LevelState(double[] warmup, LevelBaseline usual, LevelBaseline newest, Run run) {
    public static final LevelState EMPTY = new LevelState(
            new double[0], LevelBaseline.UNKNOWN, LevelBaseline.UNKNOWN, Run.none(LevelDetector.SHIFTS.length));

    @Override
    public boolean equals(Object other) {
        return other instanceof LevelState that
                && Arrays.equals(warmup, that.warmup)
                && usual.equals(that.usual)
                && newest.equals(that.newest)
                && run.equals(that.run);
    }

    @Override
    public int hashCode() {
        return usual.hashCode() * 31 + run.hashCode();
    }

    @Override
    public String toString() {
        return "LevelState[usual=" + usual + ", run=" + run + "]";
    }
}
