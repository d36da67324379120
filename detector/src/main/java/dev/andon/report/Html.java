package dev.andon.report;

import java.util.Locale;

/** Writes HTML piece by piece. All text from outside goes through {@link #escape}: names come from events of anybody. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Adds markup of ours; arguments are escaped, numbers have a point. */
    Html add(String markup, Object... arguments) {
        Object[] safe = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            safe[i] = arguments[i] instanceof Number ? arguments[i] : escape(String.valueOf(arguments[i]));
        }
        out.append(arguments.length == 0 ? markup : String.format(Locale.ROOT, markup, safe));
        return this;
    }

    /** Adds what was written with another one. */
    Html raw(Html other) {
        out.append(other.out);
        return this;
    }

    /** Also takes the sense out of characters that turn the direction of text. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean harmful = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
                    safe.appendCodePoint(harmful ? ' ' : c);
                }
            }
        });
        return safe.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
