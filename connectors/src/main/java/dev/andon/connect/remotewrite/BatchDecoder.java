package dev.andon.connect.remotewrite;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes a request of remote write 1.0 or 2.0. Tags are field number and wire type, as the specification fixes them.
 * Metadata and exemplars are passed over.
 */
final class BatchDecoder {
    static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private final int maxSamples;
    private final int maxLabelBytes;
    private final NativeHistogram nativeHistogram = new NativeHistogram();
    private long[] times = new long[16];
    private double[] values = new double[16];
    private int samples;

    /**
     * @param maxSamples in one request
     * @param maxLabelBytes of all series of one 2.0 request together, once its symbols are put in place
     */
    BatchDecoder(int maxSamples, int maxLabelBytes) {
        this.maxSamples = maxSamples;
        this.maxLabelBytes = maxLabelBytes;
    }

    /** Whether a value is the marker with which Prometheus says that a series has ended. */
    static boolean isStale(double value) {
        return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(STALE);
    }

    Batch version1(byte[] message) throws RefusedException {
        var batch = new Batch(maxSamples);
        batch.labelsIn(message);
        try {
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == (1 << 3 | 2)) {
                    series1(in, message, batch);
                } else {
                    in.skipField(tag);
                }
            }
            return batch;
        } catch (IOException e) {
            throw bad(e);
        }
    }

    private void series1(CodedInputStream in, byte[] message, Batch batch) throws IOException, RefusedException {
        samples = 0;
        int histogramsAt = -1;
        int from = -1;
        int to = -1;
        int outer = in.pushLimit(in.readRawVarint32());
        int end = in.getTotalBytesRead() + in.getBytesUntilLimit();
        while (in.getTotalBytesRead() < end) {
            int at = in.getTotalBytesRead();
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | 2 -> {
                    if (to >= 0 && to != at) {
                        throw new RefusedException(Refusal.BAD_PROTOBUF, "the labels of a series are not side by side");
                    }
                    from = from < 0 ? at : from;
                    in.skipField(tag);
                    to = in.getTotalBytesRead();
                }
                case 2 << 3 | 2 -> sample(in);
                case 4 << 3 | 2 -> {
                    histogramsAt = histogramsAt < 0 ? at : histogramsAt;
                    in.skipField(tag);
                }
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        flush(batch, message, Math.max(from, 0), Math.max(to, 0));
        if (histogramsAt >= 0) {
            histograms(message, histogramsAt, end, 4 << 3 | 2, batch, message, Math.max(from, 0), Math.max(to, 0));
        }
    }

    Batch version2(byte[] message) throws RefusedException {
        var batch = new Batch(maxSamples);
        try {
            var symbols = new Symbols(maxLabelBytes);
            CodedInputStream first = CodedInputStream.newInstance(message);
            for (int tag = first.readTag(); tag != 0; tag = first.readTag()) {
                if (tag == (4 << 3 | 2)) {
                    int length = first.readRawVarint32();
                    symbols.add(first.getTotalBytesRead(), length);
                    first.skipRawBytes(length);
                } else {
                    first.skipField(tag);
                }
            }
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == (5 << 3 | 2)) {
                    series2(in, message, symbols, batch);
                } else {
                    in.skipField(tag);
                }
            }
            batch.labelsIn(symbols.labels());
            return batch;
        } catch (IOException e) {
            throw bad(e);
        }
    }

    private void series2(CodedInputStream in, byte[] message, Symbols symbols, Batch batch)
            throws IOException, RefusedException {
        samples = 0;
        int histogramsAt = -1;
        symbols.begin();
        int outer = in.pushLimit(in.readRawVarint32());
        int end = in.getTotalBytesRead() + in.getBytesUntilLimit();
        while (in.getTotalBytesRead() < end) {
            int at = in.getTotalBytesRead();
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | 2 -> {
                    int refs = in.pushLimit(in.readRawVarint32());
                    while (in.getBytesUntilLimit() > 0) {
                        symbols.reference(in.readRawVarint32(), message);
                    }
                    in.popLimit(refs);
                }
                case 1 << 3 -> symbols.reference(in.readRawVarint32(), message);
                case 2 << 3 | 2 -> sample(in);
                case 3 << 3 | 2 -> {
                    histogramsAt = histogramsAt < 0 ? at : histogramsAt;
                    in.skipField(tag);
                }
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        symbols.end();
        flush(batch, symbols.labels(), symbols.from(), symbols.to());
        if (histogramsAt >= 0) {
            histograms(message, histogramsAt, end, 3 << 3 | 2, batch, symbols.labels(), symbols.from(), symbols.to());
        }
    }

    private void sample(CodedInputStream in) throws IOException {
        if (samples == times.length) {
            times = Arrays.copyOf(times, 2 * samples);
            values = Arrays.copyOf(values, 2 * samples);
        }
        times[samples] = 0;
        values[samples] = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | 1 -> values[samples] = in.readDouble();
                case 2 << 3 -> times[samples] = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        samples++;
    }

    private void flush(Batch batch, byte[] labels, int from, int to) throws RefusedException {
        int hash = samples == 0 ? 0 : LabelKey.hash(labels, from, to);
        for (int i = 0; i < samples; i++) {
            batch.sample(from, to, hash, times[i], values[i]);
        }
    }

    /** A second look at a series that has native histograms: rare, and its labels may have come after them. */
    private void histograms(byte[] message, int at, int end, int wanted, Batch batch, byte[] labels, int from, int to)
            throws IOException, RefusedException {
        int hash = LabelKey.hash(labels, from, to);
        CodedInputStream in = CodedInputStream.newInstance(message, at, end - at);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != wanted) {
                in.skipField(tag);
                continue;
            }
            nativeHistogram.decode(in);
            var histogram = nativeHistogram.toHistogram();
            if (isStale(nativeHistogram.sum())) {
                batch.sample(from, to, hash, nativeHistogram.timeMillis(), STALE);
            } else if (histogram == null) {
                batch.badHistogram();
            } else {
                batch.histogram(from, to, hash, nativeHistogram.timeMillis(), nativeHistogram.sum(), histogram);
            }
        }
    }

    private static RefusedException bad(IOException cause) {
        return new RefusedException(
                Refusal.BAD_PROTOBUF, "the body is not the message it claims to be: " + cause.getMessage());
    }
}
