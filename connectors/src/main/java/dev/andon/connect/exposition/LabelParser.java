package dev.andon.connect.exposition;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what stands between the braces of a text line into a {@link LabelBuffer}. */
final class LabelParser {
    private static final int MALFORMED = -1;

    private final LabelBuffer labels;
    private final StringPool strings;
    private byte[] unescaped = new byte[256];
    private @Nullable String upperBound;

    LabelParser(LabelBuffer labels, StringPool strings) {
        this.labels = labels;
        this.strings = strings;
    }

    /** @return value of the label {@code le} of the last line that was parsed as a bucket; null when it had none */
    @Nullable
    String upperBound() {
        return upperBound;
    }

    /**
     * @param from index after the opening brace, or after a quoted metric name within it
     * @param bucket whether {@code le} is the bound of a bucket and not a label of the series
     * @return index after the closing brace; negative when the labels are malformed
     */
    int parse(byte[] buffer, int from, int to, boolean bucket) {
        upperBound = null;
        int at = Ascii.skipBlanks(buffer, from, to);
        if (at < to && buffer[at] == ',' && buffer[from - 1] == '"') {
            at = Ascii.skipBlanks(buffer, at + 1, to);
        }
        while (at < to && buffer[at] != '}') {
            at = parseLabel(buffer, at, to, bucket);
            if (at == MALFORMED) {
                return MALFORMED;
            }
            at = Ascii.skipBlanks(buffer, at, to);
            if (at < to && buffer[at] == ',') {
                at = Ascii.skipBlanks(buffer, at + 1, to);
            } else if (at < to && buffer[at] != '}') {
                return MALFORMED;
            }
        }
        return at < to ? at + 1 : MALFORMED;
    }

    /** @return index after the closing quote of the value */
    private int parseLabel(byte[] buffer, int from, int to, boolean bucket) {
        boolean quoted = buffer[from] == '"';
        int nameFrom = quoted ? from + 1 : from;
        int nameTo = quoted ? Ascii.quotedEnd(buffer, nameFrom, to) : Ascii.nameEnd(buffer, from, to);
        if (nameTo <= nameFrom) {
            return MALFORMED;
        }
        int at = Ascii.skipBlanks(buffer, quoted ? nameTo + 1 : nameTo, to);
        if (at >= to || buffer[at] != '=') {
            return MALFORMED;
        }
        int valueFrom = Ascii.skipBlanks(buffer, at + 1, to) + 1;
        int valueTo = Ascii.quotedEnd(buffer, valueFrom, to);
        if (valueTo < 0) {
            return MALFORMED;
        }
        String name = text(buffer, nameFrom, nameTo);
        String value = text(buffer, valueFrom, valueTo);
        return keep(name, value, bucket) ? valueTo + 1 : MALFORMED;
    }

    private boolean keep(String name, String value, boolean bucket) {
        if (bucket && name.equals("le")) {
            boolean first = upperBound == null;
            upperBound = value;
            return first;
        }
        return labels.add(name, value);
    }

    /** Resolves the three escapes of the format; any other backslash stands for itself, as in Prometheus. */
    private String text(byte[] buffer, int from, int to) {
        int escape = from;
        while (escape < to && buffer[escape] != '\\') {
            escape++;
        }
        if (escape == to) {
            return strings.get(buffer, from, to);
        }
        if (unescaped.length < to - from) {
            unescaped = Arrays.copyOf(unescaped, 2 * (to - from));
        }
        int length = 0;
        for (int i = from; i < to; i++) {
            byte next = i + 1 < to ? buffer[i + 1] : 0;
            boolean escaped = buffer[i] == '\\' && (next == '\\' || next == '"' || next == 'n');
            unescaped[length++] = !escaped ? buffer[i] : next == 'n' ? (byte) '\n' : next;
            i += escaped ? 1 : 0;
        }
        return strings.get(unescaped, 0, length);
    }
}
