package dev.andon.connect.exposition;

/** Where the words of a text line end. All methods look at {@code buffer[from, to)} and answer an index in it. */
final class Ascii {
    private static final boolean[] IN_NAME = new boolean[128];

    static {
        for (char c = 'a'; c <= 'z'; c++) IN_NAME[c] = true;
        for (char c = 'A'; c <= 'Z'; c++) IN_NAME[c] = true;
        for (char c = '0'; c <= '9'; c++) IN_NAME[c] = true;
        IN_NAME['_'] = true;
        IN_NAME[':'] = true;
    }

    private Ascii() {}

    static int skipBlanks(byte[] buffer, int from, int to) {
        int i = from;
        while (i < to && isBlank(buffer[i])) {
            i++;
        }
        return i;
    }

    /** @return end of the metric or label name that begins at {@code from}; {@code from} when none does */
    static int nameEnd(byte[] buffer, int from, int to) {
        if (from < to && buffer[from] >= '0' && buffer[from] <= '9') {
            return from;
        }
        int i = from;
        while (i < to && buffer[i] >= 0 && IN_NAME[buffer[i]]) {
            i++;
        }
        return i;
    }

    /** @return whether a metric name may end here: before a blank or an opening brace */
    static boolean endsName(byte[] buffer, int at, int to) {
        return at < to && (isBlank(buffer[at]) || buffer[at] == '{');
    }

    static int wordEnd(byte[] buffer, int from, int to) {
        int i = from;
        while (i < to && !isBlank(buffer[i])) {
            i++;
        }
        return i;
    }

    /** @return index of the quote that closes the one before {@code from}; -1 when there is none */
    static int quotedEnd(byte[] buffer, int from, int to) {
        if (from > to || from == 0 || buffer[from - 1] != '"') {
            return -1;
        }
        for (int i = from; i < to; i++) {
            if (buffer[i] == '"') {
                return i;
            }
            if (buffer[i] == '\\') {
                i++;
            }
        }
        return -1;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
