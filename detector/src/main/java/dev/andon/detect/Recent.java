package dev.andon.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The effect in the last ticks of a series, stored small: blame compares it with the dose of rollouts.
 *
 * @param newest end of the newest tick, to a tenth of a second; absent before the first
 * @param gapTenths tenths of a second from each tick to the one before it; 0 for the oldest
 * @param effects oldest first, in steps of {@value #STEP}
 */
@SuppressWarnings("ArrayRecordComponent") // never changed after construction
public record Recent(Optional<Instant> newest, int[] gapTenths, byte[] effects) {
    /** Ticks that are told unless more are asked for: four minutes of 5 s ticks. */
    static final int SHORT = 48;
    /** Ticks kept where a small change takes minutes to prove. */
    static final int LONG = 96;

    private static final long TENTH_MILLIS = 100;
    private static final double STEP = 0.05;
    /** A byte without a sign holds effects up to 12.75. */
    private static final int LARGEST = 255;

    static final Recent NONE = new Recent(Optional.empty(), new int[0], new byte[0]);

    /** @param most ticks that are kept */
    Recent with(Instant end, double effect, int most) {
        Instant time = Instant.ofEpochMilli(end.toEpochMilli() / TENTH_MILLIS * TENTH_MILLIS);
        int kept = Math.min(effects.length, most - 1);
        int dropped = effects.length - kept;
        int[] gaps = new int[kept + 1];
        byte[] values = new byte[kept + 1];
        System.arraycopy(gapTenths, dropped, gaps, 0, kept);
        System.arraycopy(effects, dropped, values, 0, kept);
        long gap = newest.map(before -> (time.toEpochMilli() - before.toEpochMilli()) / TENTH_MILLIS)
                .orElse(0L);
        gaps[0] = 0;
        gaps[kept] = kept == 0 ? 0 : (int) Math.max(0, Math.min(Integer.MAX_VALUE, gap));
        values[kept] = (byte) Math.min(LARGEST, Math.round(effect / STEP));
        return new Recent(Optional.of(time), gaps, values);
    }

    /** @return the newest ones, oldest first */
    public List<EffectPoint> points() {
        return points(Instant.MAX);
    }

    /** @return the newest ones, and older ones from {@code from} on; oldest first */
    public List<EffectPoint> points(Instant from) {
        List<EffectPoint> points = new ArrayList<>(effects.length);
        if (newest.isEmpty()) return points;
        Instant time = newest.get();
        for (int i = effects.length - 1; i >= 0; i--) {
            if (points.size() >= SHORT && time.isBefore(from)) break;
            points.add(new EffectPoint(time, STEP * Byte.toUnsignedInt(effects[i])));
            time = time.minusMillis(TENTH_MILLIS * gapTenths[i]);
        }
        Collections.reverse(points);
        return points;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recent that
                && newest.equals(that.newest)
                && Arrays.equals(gapTenths, that.gapTenths)
                && Arrays.equals(effects, that.effects);
    }

    @Override
    public int hashCode() {
        return newest.hashCode();
    }

    @Override
    public String toString() {
        return "Recent[newest=" + newest + ", effects=" + Arrays.toString(effects) + "]";
    }
}
