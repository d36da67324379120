package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Histogram;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The parts of one scrape of one server that have come so far, by the slot of their series. */
final class OpenScrape {
    private final long timeMillis;
    private final BitSet told = new BitSet();
    private final BitSet present = new BitSet();
    private double[] values;
    private @Nullable Histogram @Nullable [] histograms;
    private int missing;
    private long lastArrivalMillis;

    /** @param expected series that the scrape before had */
    OpenScrape(long timeMillis, int slots, BitSet expected, long nowMillis) {
        this.timeMillis = timeMillis;
        this.values = new double[slots];
        this.missing = expected.cardinality();
        this.lastArrivalMillis = nowMillis;
    }

    void set(int slot, double value, @Nullable Histogram histogram, BitSet expected, long nowMillis) {
        lastArrivalMillis = nowMillis;
        if (told.get(slot)) {
            return;
        }
        told.set(slot);
        if (expected.get(slot)) {
            missing--;
        }
        if (histogram == null && BatchDecoder.isStale(value)) {
            return;
        }
        present.set(slot);
        if (slot >= values.length) {
            values = Arrays.copyOf(values, Math.max(slot + 1, 2 * values.length));
        }
        values[slot] = value;
        if (histogram != null) {
            @Nullable Histogram @Nullable [] all = histograms;
            if (all == null || slot >= all.length) {
                all = all == null ? new Histogram[values.length] : Arrays.copyOf(all, values.length);
                histograms = all;
            }
            all[slot] = histogram;
        }
    }

    /** The scrape before this one is now known in full. */
    void expect(BitSet expected) {
        BitSet open = (BitSet) expected.clone();
        open.andNot(told);
        missing = open.cardinality();
    }

    long timeMillis() {
        return timeMillis;
    }

    /** @return how many series of the scrape before have neither come nor ended */
    int missing() {
        return missing;
    }

    long quietMillis(long nowMillis) {
        return nowMillis - lastArrivalMillis;
    }

    BitSet present() {
        return present;
    }

    boolean has(int slot) {
        return present.get(slot);
    }

    double value(int slot) {
        return values[slot];
    }

    @Nullable
    Histogram histogram(int slot) {
        @Nullable Histogram @Nullable [] all = histograms;
        return all == null || slot >= all.length ? null : all[slot];
    }
}
