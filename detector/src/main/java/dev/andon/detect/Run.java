package dev.andon.detect;

import dev.andon.stats.LogRatio;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The stretch of ticks that may be a new regime: its evidence per alternative and what was seen in it.
 *
 * @param evidence accumulated log-likelihood ratio per alternative, in nats, each {@code >= 0}
 * @param onset end of the tick before the first one of the stretch; absent when there is none
 * @param ticks number of ticks in it
 * @param sum of the values in it, times their weights
 * @param weight sum of the weights
 * @param elevated ticks since the last slight one that spoke for a change by themselves
 * @param calm ticks in a row that looked like the old regime again
 */
@SuppressWarnings("ArrayRecordComponent") // equality by content below; states are compared only in tests
public record Run(
        double[] evidence, Optional<Instant> onset, long ticks, double sum, double weight, long elevated, int calm) {
    /** Ticks in a row that end a run. */
    private static final int CALM_TICKS = 3;
    /** Evidence, in nats, that noise gives all the time. */
    private static final double FAINT = 1;
    /** Evidence of one tick, in nats, that noise hardly ever gives. */
    private static final double CLEAR = 2.5;
    /** More evidence than anybody asks for only makes a run slow to end, in nats. */
    private static final double MOST_EVIDENCE = 60;

    static Run none(int alternatives) {
        return new Run(new double[alternatives], Optional.empty(), 0, 0, 0, 0, 0);
    }

    /** @return weighted mean of the values since the onset; NaN when there is none */
    double mean() {
        return sum / weight;
    }

    /** @return evidence of the mixture of all alternatives, in nats */
    double mixture() {
        return LogRatio.mixture(evidence);
    }

    /** @return whether {@link #mixture} is below that many nats, mostly without computing it */
    boolean isBelow(double nats) {
        return largest(evidence) < nats || mixture() < nats;
    }

    /**
     * One step of CUSUM (Page 1954) per alternative.
     *
     * @param increments log-likelihood ratio per alternative
     * @param cap most that one tick can add to any alternative, so that no short spike proves anything
     * @param calmTick whether the tick looks like the old regime
     * @param slight whether it is too little to go on with what is clearly elevated
     */
    Run step(Tick tick, double[] increments, double cap, boolean calmTick, boolean slight) {
        if (calmTick && calm + 1 >= CALM_TICKS) return none(evidence.length);
        double[] next = new double[evidence.length];
        boolean alive = false;
        for (int i = 0; i < next.length; i++) {
            next[i] = Math.max(0, Math.min(MOST_EVIDENCE, evidence[i] + Math.min(cap, increments[i])));
            alive |= next[i] > 0;
        }
        if (!alive) return onset.isEmpty() ? this : none(next.length);
        int calmTicks = calmTick ? calm + 1 : 0;
        int speaks = largest(increments) > CLEAR ? 1 : 0;
        // Hardly any evidence so far: if this is a new regime, it begins with this tick.
        if (onset.isEmpty() || largest(evidence) < FAINT) {
            return new Run(
                    next,
                    Optional.of(tick.end().minus(tick.interval())),
                    1,
                    tick.value() * tick.weight(),
                    tick.weight(),
                    speaks,
                    calmTicks);
        }
        return new Run(
                next,
                onset,
                ticks + 1,
                sum + tick.value() * tick.weight(),
                weight + tick.weight(),
                slight ? 0 : elevated + speaks,
                calmTicks);
    }

    private static double largest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) largest = Math.max(largest, value);
        return largest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Run that
                && Arrays.equals(evidence, that.evidence)
                && onset.equals(that.onset)
                && ticks == that.ticks
                && sum == that.sum
                && weight == that.weight
                && elevated == that.elevated
                && calm == that.calm;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(evidence) + onset.hashCode();
    }

    @Override
    public String toString() {
        return "Run[evidence=" + Arrays.toString(evidence) + ", onset=" + onset + ", ticks=" + ticks + "]";
    }
}
