package dev.andon.detect;

import java.time.Instant;
import java.util.Optional;

/**
 * What a series says after a tick. "Warming up" is its own answer and does not mean healthy.
 *
 * @param warmingUp whether the series cannot judge yet
 * @param evidence for a change, in nats, {@code >= 0}
 * @param effect of the last tick alone: {@code ln(1 + excess / noise)}, {@code >= 0}; about 0 to 1 while nothing is wrong
 * @param sources apiserver instances or DNS servers that made the last tick
 * @param change what would have changed; absent when there is no evidence
 * @param settled an earlier change that has lasted for so long that {@code change} and {@code effect} are measured from the
 *     level to which it led
 */
public record Finding(
        boolean warmingUp,
        double evidence,
        double effect,
        int sources,
        Optional<Change> change,
        Optional<Change> settled) {
    static final Finding WARMING_UP = of(true, 0, 0, Optional.empty());

    static Finding quiet(double effect) {
        return of(false, 0, effect, Optional.empty());
    }

    static Finding of(double evidence, double effect, Change change) {
        return of(false, evidence, effect, Optional.of(change));
    }

    private static Finding of(boolean warmingUp, double evidence, double effect, Optional<Change> change) {
        return new Finding(warmingUp, evidence, effect, 0, change, Optional.empty());
    }

    /** @return the same, seen by {@code count} sources */
    Finding from(int count) {
        return new Finding(warmingUp, evidence, effect, count, change, settled);
    }

    /** @return the same, at the level to which the change of {@code earlier} has led */
    Finding settledAfter(Finding earlier) {
        return new Finding(warmingUp, evidence, effect, sources, change, earlier.change());
    }

    /** @return whether the series stays at a level that is worse by more than is tolerated */
    public boolean settledWorse() {
        return settled.filter(Change::matters).isPresent();
    }

    /**
     * A change that is going on.
     *
     * @param before level of the old regime, in the unit of the series
     * @param after level since the onset, in the unit of the series
     * @param onset first instant of the new regime: between this and one interval later
     * @param samples ticks since the onset
     * @param elevated those since the last calm one that spoke for a change by themselves
     * @param matters whether the change is as large as the practical effect asked for
     * @param calm ticks in a row that looked like the old regime again
     */
    public record Change(
            double before, double after, Instant onset, long samples, long elevated, boolean matters, int calm) {}
}
