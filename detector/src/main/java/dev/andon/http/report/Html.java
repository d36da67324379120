package dev.andon.http.report;

/** Markup of ours and text of others, told apart. What comes from events can only become text. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Appends markup that this program has written. */
    Html markup(String markup) {
        out.append(markup);
        return this;
    }

    /** Appends text, whatever it holds. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Appends one element that holds text; {@code tag} may carry attributes. */
    Html element(String tag, String text) {
        int end = tag.indexOf(' ');
        String name = end < 0 ? tag : tag.substring(0, end);
        return markup("<" + tag + ">").text(text).markup("</" + name + ">");
    }

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> append(safe, point);
            }
        });
        return safe.toString();
    }

    /** Characters that are not seen, or turn around what follows, are shown by their numbers. */
    private static void append(StringBuilder safe, int point) {
        boolean turns = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
        boolean unseen = Character.isISOControl(point) && !Character.isWhitespace(point);
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (turns || unseen || half) safe.append(String.format("\u2039U+%04X\u203a", point));
        else safe.appendCodePoint(point);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
