package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The samples of one request, decoded in full before any is used: half a request is never applied. */
final class Batch {
    private final int maxSamples;
    private byte[] labels = new byte[0];
    private int[] from = new int[256];
    private int[] to = new int[256];
    private int[] hashes = new int[256];
    private long[] times = new long[256];
    private double[] values = new double[256];
    private @Nullable Histogram @Nullable [] histograms;
    private int size;
    private int histogramCount;
    private int badHistograms;

    Batch(int maxSamples) {
        this.maxSamples = maxSamples;
    }

    /** The bytes that {@link #from} and {@link #to} speak of. */
    void labelsIn(byte[] bytes) {
        labels = bytes;
    }

    void sample(int labelsFrom, int labelsTo, int hash, long timeMillis, double value) throws RefusedException {
        int at = next();
        from[at] = labelsFrom;
        to[at] = labelsTo;
        hashes[at] = hash;
        times[at] = timeMillis;
        values[at] = value;
    }

    /** @param histogram null for the marker that says that the series has ended */
    void histogram(int labelsFrom, int labelsTo, int hash, long timeMillis, double sum, @Nullable Histogram histogram)
            throws RefusedException {
        sample(labelsFrom, labelsTo, hash, timeMillis, sum);
        @Nullable Histogram @Nullable [] all = histograms;
        if (all == null || all.length < times.length) {
            all = all == null ? new Histogram[times.length] : Arrays.copyOf(all, times.length);
            histograms = all;
        }
        all[size - 1] = histogram;
        histogramCount++;
    }

    void badHistogram() {
        badHistograms++;
    }

    private int next() throws RefusedException {
        if (size == maxSamples) {
            throw new RefusedException(
                    Refusal.TOO_MANY_SAMPLES,
                    "more than " + maxSamples + " samples in one request; send fewer at a time");
        }
        if (size == times.length) {
            int more = 2 * size;
            from = Arrays.copyOf(from, more);
            to = Arrays.copyOf(to, more);
            hashes = Arrays.copyOf(hashes, more);
            times = Arrays.copyOf(times, more);
            values = Arrays.copyOf(values, more);
        }
        return size++;
    }

    int size() {
        return size;
    }

    int histogramCount() {
        return histogramCount;
    }

    int badHistograms() {
        return badHistograms;
    }

    LabelKey key(int sample, LabelKey reused) {
        return reused.pointTo(labels, from[sample], to[sample], hashes[sample]);
    }

    byte[] labels() {
        return labels;
    }

    int from(int sample) {
        return from[sample];
    }

    int to(int sample) {
        return to[sample];
    }

    long timeMillis(int sample) {
        return times[sample];
    }

    double value(int sample) {
        return values[sample];
    }

    @Nullable
    Histogram histogram(int sample) {
        @Nullable Histogram @Nullable [] all = histograms;
        return all == null || sample >= all.length ? null : all[sample];
    }
}
