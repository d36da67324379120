package dev.andon.codec;

import java.util.Arrays;

/**
 * Reads JSON as recordings consist of it, front to back: flat, with strings that need no escapes and numbers that need no
 * thought. Whatever is not so is {@link Unusual} and not looked into: a full parser has to read that text instead.
 */
final class PlainJson {
    /** More digits than these a double may not hold exactly, and a long may not hold at all. */
    private static final int EXACT_DIGITS = 15;

    private static final int MOST_DIGITS = 18;
    /** All of them exact, so that one division rounds once, as parsing does. */
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final char[] signs;
    private final KnownTexts texts;
    private int at;

    /** @param texts where names and other strings of the line are looked up */
    PlainJson(String text, KnownTexts texts) {
        this.signs = text.toCharArray();
        this.texts = texts;
    }

    /** The text is not plain, or no JSON at all. */
    static final class Unusual extends Exception {
        private static final long serialVersionUID = 1;

        /** Where it was thrown is nobody's interest. */
        Unusual() {
            super("not plain JSON", null, false, false);
        }
    }

    /** Passes over {@code sign}, which must come next. */
    void expect(char sign) throws Unusual {
        if (peek() != sign) throw new Unusual();
        at++;
    }

    /** @return whether another element of an array or object comes, and not its end; commas are passed over */
    boolean more(boolean first, char end) throws Unusual {
        if (peek() == end) {
            at++;
            return false;
        }
        if (!first) expect(',');
        return true;
    }

    /** Nothing may follow. */
    void end() throws Unusual {
        if (peek() != 0) throw new Unusual();
    }

    /** @return the name of the member of an object that comes next */
    String name() throws Unusual {
        String name = string();
        expect(':');
        return name;
    }

    String string() throws Unusual {
        expect('"');
        int begin = at;
        int hash = 0;
        char c = current();
        while (c != '"') {
            if (c < ' ' || c == '\\') throw new Unusual();
            hash = 31 * hash + c;
            at++;
            c = current();
        }
        return texts.of(signs, begin, at++, hash);
    }

    /** @return a whole number {@code >= 0} */
    long integer() throws Unusual {
        peek();
        int begin = at;
        long value = digits();
        if (at - begin > MOST_DIGITS || isFraction(current())) throw new Unusual();
        return value;
    }

    double number() throws Unusual {
        boolean negative = peek() == '-';
        if (negative) at++;
        int begin = at;
        long mantissa = digits();
        int point = at;
        if (current() == '.') {
            at++;
            mantissa = tail(mantissa);
        }
        int decimals = Math.max(0, at - point - 1);
        // A minus zero depends on whether it is written as a whole number.
        if (current() == 'e' || current() == 'E' || (negative && mantissa == 0)) throw new Unusual();
        if (at - begin > EXACT_DIGITS) {
            return Double.parseDouble(since(negative ? begin - 1 : begin));
        }
        double value = mantissa / POWERS_OF_TEN[decimals];
        return negative ? -value : value;
    }

    /** @return whether {@code known} comes next, word for word; it is passed over then */
    boolean skip(char[] known) {
        peek();
        int end = at + known.length;
        if (end > signs.length || !Arrays.equals(signs, at, end, known, 0, known.length)) return false;
        at = end;
        return true;
    }

    /** @return where the next value begins */
    int position() {
        peek();
        return at;
    }

    /** @return what was read since {@code begin} */
    String since(int begin) {
        return new String(signs, begin, at - begin);
    }

    private long digits() throws Unusual {
        boolean zero = current() == '0';
        int begin = at;
        long value = tail(0);
        if (zero && at - begin > 1) throw new Unusual();
        return value;
    }

    /** Appends the digits that come next, at least one; of too many, the value is wrong. */
    private long tail(long head) throws Unusual {
        long value = head;
        int begin = at;
        for (char c = current(); c >= '0' && c <= '9'; c = current()) {
            value = value * 10 + (c - '0');
            at++;
        }
        if (at == begin) throw new Unusual();
        return value;
    }

    private static boolean isFraction(char c) {
        return c == '.' || c == 'e' || c == 'E';
    }

    /** @return the next sign that is no white space, not passed over; 0 at the end */
    private char peek() {
        while (current() == ' ') at++;
        return current();
    }

    private char current() {
        return at < signs.length ? signs[at] : 0;
    }
}
