package dev.andon.connect.remotewrite;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Reads the labels of a series that is seen for the first time. */
final class SeriesLabels {
    static final String NAME = "__name__";
    private static final int MAX_LABELS = 64;
    private static final int MAX_NAME_BYTES = 512;
    private static final int MAX_VALUE_BYTES = 4096;

    private SeriesLabels() {}

    /** @throws RefusedException when they break a rule, saying which */
    static Map<String, String> read(byte[] bytes, int from, int to) throws RefusedException {
        var labels = new TreeMap<String, String>();
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes, from, to - from);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                label(in, labels);
            }
        } catch (IOException e) {
            throw new RefusedException(Refusal.BAD_LABELS, "labels that cannot be read: " + e.getMessage());
        }
        if (labels.getOrDefault(NAME, "").isEmpty()) {
            throw new RefusedException(Refusal.BAD_LABELS, "a series without __name__");
        }
        return labels;
    }

    private static void label(CodedInputStream in, Map<String, String> labels) throws IOException, RefusedException {
        String name = "";
        String value = "";
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 | 2 -> name = text(in, MAX_NAME_BYTES);
                case 2 << 3 | 2 -> value = text(in, MAX_VALUE_BYTES);
                default -> in.skipField(tag);
            }
        }
        in.popLimit(outer);
        if (name.isEmpty() || labels.size() == MAX_LABELS || labels.putIfAbsent(name, value) != null) {
            throw new RefusedException(
                    Refusal.BAD_LABELS,
                    "a label without a name, a name twice, or more than " + MAX_LABELS + " labels, at '" + name + "'");
        }
    }

    private static String text(CodedInputStream in, int maxBytes) throws IOException, RefusedException {
        byte[] bytes = in.readByteArray();
        if (bytes.length > maxBytes) {
            throw new RefusedException(
                    Refusal.BAD_LABELS, "a label name or value of " + bytes.length + " bytes; at most " + maxBytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(Refusal.BAD_LABELS, "a label that is not UTF-8");
        }
    }
}
