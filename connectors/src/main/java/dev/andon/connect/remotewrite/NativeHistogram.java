package dev.andon.connect.remotewrite;

import com.google.protobuf.CodedInputStream;
import dev.andon.connect.exposition.Buckets;
import dev.andon.connect.exposition.Histogram;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one native histogram; the message is the same in remote write 1.0 and 2.0.
 *
 * <p>Exponential buckets are summed up to powers of two, which every resolution from schema 0 on has among its own
 * bounds, so that nothing is estimated and a sender may change its resolution. Below schema 0 a bucket is counted at its
 * upper bound. Custom buckets keep their bounds.
 */
final class NativeHistogram {
    /** Bounds from 2^-10 (about 1 ms) to 2^7 (128 s). */
    private static final int LOWEST_POWER = -10;

    private static final int HIGHEST_POWER = 7;
    private static final Buckets POWERS_OF_TWO = powersOfTwo();
    private static final int CUSTOM_BUCKETS = -53;

    /** As for classic histograms, whose counts arrive as doubles. */
    private static final long MAX_COUNT = 1L << 53;

    private long total;
    private double sum;
    private int schema;
    private long zeroCount;
    private boolean unusable;
    private long timeMillis;
    private int[] spanOffsets = new int[8];
    private int[] spanLengths = new int[8];
    private int spans;
    private long[] deltas = new long[64];
    private int deltaCount;
    private double[] customBounds = new double[16];
    private int customCount;

    long timeMillis() {
        return timeMillis;
    }

    double sum() {
        return sum;
    }

    void decode(CodedInputStream in) throws IOException {
        clear();
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 -> total = in.readUInt64();
                case 3 << 3 | 1 -> sum = in.readDouble();
                case 4 << 3 -> schema = in.readSInt32();
                case 6 << 3 -> zeroCount = in.readUInt64();
                case 11 << 3 | 2 -> decodeSpan(in);
                case 12 << 3 | 2 -> decodeDeltas(in);
                case 12 << 3 -> delta(in.readSInt64());
                case 15 << 3 -> timeMillis = in.readInt64();
                case 16 << 3 | 2 -> decodeCustomBounds(in);
                case 16 << 3 | 1 -> customBound(in.readDouble());
                // Counts that are fractions, and observations below zero, which a latency does not have.
                case 2 << 3 | 1, 7 << 3 | 1 -> unusable |= in.readDouble() != 0;
                case 8 << 3 | 2, 9 << 3 | 2, 10 << 3 | 2, 13 << 3 | 2 -> {
                    unusable = true;
                    in.skipField(tag);
                }
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
    }

    /** @return the histogram; null when it is of no use */
    @Nullable
    Histogram toHistogram() {
        boolean custom = schema == CUSTOM_BUCKETS;
        if (unusable || !(custom || (schema >= -4 && schema <= 8)) || zeroCount < 0) {
            return null;
        }
        Buckets buckets = custom ? customBuckets() : POWERS_OF_TWO;
        if (buckets == null) {
            return null;
        }
        var counts = new long[buckets.count()];
        counts[0] = zeroCount;
        if (!fill(counts, custom)) {
            return null;
        }
        long seen = 0;
        for (long count : counts) {
            // Neither may pass the largest count, or adding up on the way to a sample would.
            if (count < 0 || count > MAX_COUNT - seen) {
                return null;
            }
            seen += count;
        }
        // Observations that are NaN are in the total and in no bucket.
        return seen > total ? null : Histogram.of(buckets, sum, counts);
    }

    private boolean fill(long[] counts, boolean custom) {
        long index = custom ? -1 : 0;
        long count = 0;
        int next = 0;
        for (int span = 0; span < spans; span++) {
            // The first offset is the index itself, each later one the gap after the bucket before.
            index = span == 0 ? spanOffsets[0] : index + spanOffsets[span];
            if (spanLengths[span] < 0 || spanLengths[span] > deltaCount - next) {
                return false;
            }
            for (int i = 0; i < spanLengths[span]; i++, index++) {
                count += deltas[next++];
                if (count < 0) {
                    return false;
                }
                counts[(int) Math.max(0, Math.min(counts.length - 1, slot(index, custom)))] += count;
            }
        }
        return next == deltaCount;
    }

    /** @return which of the buckets takes those of that index */
    private long slot(long index, boolean custom) {
        if (custom) {
            return index;
        }
        long power = schema >= 0 ? Math.floorDiv(index + (1L << schema) - 1, 1L << schema) : index << -schema;
        return power - LOWEST_POWER;
    }

    private @Nullable Buckets customBuckets() {
        for (int i = 0; i < customCount; i++) {
            if (!Double.isFinite(customBounds[i]) || (i > 0 && !(customBounds[i] > customBounds[i - 1]))) {
                return null;
            }
        }
        return Buckets.of(Arrays.copyOf(customBounds, customCount));
    }

    private void decodeSpan(CodedInputStream in) throws IOException {
        int offset = 0;
        int length = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 -> offset = in.readSInt32();
                case 2 << 3 -> length = in.readUInt32();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        if (spans == spanOffsets.length) {
            spanOffsets = Arrays.copyOf(spanOffsets, 2 * spans);
            spanLengths = Arrays.copyOf(spanLengths, 2 * spans);
        }
        spanOffsets[spans] = offset;
        spanLengths[spans++] = length;
    }

    private void decodeDeltas(CodedInputStream in) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            delta(in.readSInt64());
        }
        in.popLimit(outer);
    }

    private void decodeCustomBounds(CodedInputStream in) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            customBound(in.readDouble());
        }
        in.popLimit(outer);
    }

    private void delta(long delta) {
        if (deltaCount == deltas.length) {
            deltas = Arrays.copyOf(deltas, 2 * deltaCount);
        }
        deltas[deltaCount++] = delta;
    }

    private void customBound(double bound) {
        if (customCount == customBounds.length) {
            customBounds = Arrays.copyOf(customBounds, 2 * customCount);
        }
        customBounds[customCount++] = bound;
    }

    private void clear() {
        total = 0;
        sum = 0;
        schema = 0;
        zeroCount = 0;
        unusable = false;
        timeMillis = 0;
        spans = 0;
        deltaCount = 0;
        customCount = 0;
    }

    private static Buckets powersOfTwo() {
        var bounds = new double[HIGHEST_POWER - LOWEST_POWER + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Math.scalb(1.0, LOWEST_POWER + i);
        }
        return Buckets.of(bounds);
    }
}
