package dev.andon.connect.exposition;

import java.nio.charset.StandardCharsets;

/** Numbers as Prometheus writes them, which is as Go writes them. */
final class Numbers {
    /** What {@link #count} answers for something that is no count. */
    static final long NOT_A_COUNT = -1;

    /** Beyond this a double no longer tells neighbouring counts apart. */
    private static final double MAX_COUNT = 0x1p53;

    private static final int MAX_EXACT_DIGITS = 15;

    private Numbers() {}

    /**
     * @return the number in that slice, infinite or NaN where it says so
     * @throws NumberFormatException when it is none
     */
    static double parse(byte[] buffer, int from, int to) {
        if (isInteger(buffer, from, to)) {
            long value = 0;
            for (int i = from; i < to; i++) {
                value = 10 * value + (buffer[i] - '0');
            }
            return value;
        }
        return parse(new String(buffer, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /** As above. Java's own parser alone would also take "1d", "0x1p3" and surrounding blanks. */
    static double parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return special(text);
            }
        }
        return Double.parseDouble(text);
    }

    /** @return the value as a count; {@link #NOT_A_COUNT} when it is negative, fractional, infinite or NaN */
    static long count(double value) {
        return value >= 0 && value <= MAX_COUNT && value == Math.rint(value) ? (long) value : NOT_A_COUNT;
    }

    private static boolean isInteger(byte[] buffer, int from, int to) {
        if (from == to || to - from > MAX_EXACT_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static double special(String text) {
        String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        if (unsigned.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw new NumberFormatException("not a number: " + text);
    }
}
