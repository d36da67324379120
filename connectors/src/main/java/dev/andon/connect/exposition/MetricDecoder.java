package dev.andon.connect.exposition;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/** Decodes the metrics of one wanted family. Tags are field number and wire type, as metrics.proto fixes them. */
final class MetricDecoder {
    private static final int FAMILY_METRIC = 4 << 3 | 2;
    private static final int METRIC_LABEL = 1 << 3 | 2;
    private static final int METRIC_GAUGE = 2 << 3 | 2;
    private static final int METRIC_COUNTER = 3 << 3 | 2;
    private static final int METRIC_UNTYPED = 5 << 3 | 2;
    private static final int METRIC_HISTOGRAM = 7 << 3 | 2;
    private static final int LABEL_NAME = 1 << 3 | 2;
    private static final int LABEL_VALUE = 2 << 3 | 2;
    private static final int VALUE = 1 << 3 | 1;
    private static final int HISTOGRAM_COUNT = 1 << 3;
    private static final int HISTOGRAM_SUM = 2 << 3 | 1;
    private static final int HISTOGRAM_BUCKET = 3 << 3 | 2;
    private static final int BUCKET_COUNT = 1 << 3;
    private static final int BUCKET_BOUND = 2 << 3 | 1;

    private final PageBuilder page;
    private final HistogramDraft draft = new HistogramDraft();
    private byte[] buffer = new byte[0];
    private boolean badLabels;
    private boolean badCount;
    private boolean hasValue;
    private boolean hasHistogram;
    private double value;

    MetricDecoder(PageBuilder page) {
        this.page = page;
    }

    void decodeFamily(String name, boolean histogram, byte[] bytes, int length, long position) throws IOException {
        buffer = bytes;
        CodedInputStream in = CodedInputStream.newInstance(bytes, 0, length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == FAMILY_METRIC) {
                decodeMetric(in);
                keep(name, histogram, position);
            } else {
                in.skipField(tag);
            }
        }
    }

    private void keep(String name, boolean histogram, long position) {
        if (badLabels) {
            page.defect(Defect.BAD_LABELS, position, () -> name);
        } else if (histogram ? !hasHistogram || !draft.hasBuckets() : !hasValue) {
            page.defect(Defect.WRONG_TYPE, position, () -> name);
        } else if (histogram && badCount) {
            page.defect(Defect.BAD_VALUE, position, () -> name);
        } else if (histogram) {
            page.histogram(name, draft, position);
        } else {
            page.value(name, value, position);
        }
    }

    private void decodeMetric(CodedInputStream in) throws IOException {
        page.labels.clear();
        draft.clear();
        badLabels = false;
        badCount = false;
        hasValue = false;
        hasHistogram = false;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case METRIC_LABEL -> decodeLabel(in);
                case METRIC_GAUGE, METRIC_COUNTER, METRIC_UNTYPED -> decodeValue(in);
                case METRIC_HISTOGRAM -> decodeHistogram(in);
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
    }

    private void decodeLabel(CodedInputStream in) throws IOException {
        String name = "";
        String labelValue = "";
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case LABEL_NAME -> name = text(in);
                case LABEL_VALUE -> labelValue = text(in);
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        badLabels |= name.isEmpty() || !page.labels.add(name, labelValue);
    }

    private void decodeValue(CodedInputStream in) throws IOException {
        hasValue = true;
        value = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == VALUE) {
                value = in.readDouble();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(outer);
    }

    private void decodeHistogram(CodedInputStream in) throws IOException {
        hasHistogram = true;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case HISTOGRAM_COUNT -> draft.count(count(in));
                case HISTOGRAM_SUM -> draft.sum(in.readDouble());
                case HISTOGRAM_BUCKET -> decodeBucket(in);
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
    }

    private void decodeBucket(CodedInputStream in) throws IOException {
        long count = 0;
        double bound = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case BUCKET_COUNT -> count = count(in);
                case BUCKET_BOUND -> bound = in.readDouble();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        badCount |= Double.isNaN(bound) || bound == Double.NEGATIVE_INFINITY;
        draft.bucket(bound, count);
    }

    private long count(CodedInputStream in) throws IOException {
        long count = Numbers.count((double) in.readUInt64());
        badCount |= count == Numbers.NOT_A_COUNT;
        return Math.max(count, 0);
    }

    private String text(CodedInputStream in) throws IOException {
        int length = in.readRawVarint32();
        int from = in.getTotalBytesRead();
        in.skipRawBytes(length);
        return page.strings.get(buffer, from, from + length);
    }
}
