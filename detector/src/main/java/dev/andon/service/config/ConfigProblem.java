package dev.andon.service.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param line from 1
 * @param column from 1
 * @param path keys from the top of the file, e.g. {@code kafka.partitions} or {@code clusters[2].name}
 * @param seen the value as it stands in the file, never a secret; empty when there is none
 * @param problem what is wrong with it
 * @param fix what to do
 */
public record ConfigProblem(int line, int column, String path, String seen, String problem, String fix) {
    static final String HIDDEN = "(hidden)";
    private static final int LONGEST_SEEN = 60;
    private static final int LONGEST_PATH = 120;
    private static final int LONGEST_TEXT = 1000;

    public ConfigProblem {
        path = oneLine(path, LONGEST_PATH);
        problem = oneLine(problem, LONGEST_TEXT);
        fix = oneLine(fix, LONGEST_TEXT);
    }

    /** Shows a value in one short line. */
    static String quoted(String value) {
        return '"' + oneLine(value, LONGEST_SEEN) + '"';
    }

    /** What stands in a file may hold line breaks and escape sequences for the terminal, in keys too. */
    private static String oneLine(String text, int longest) {
        String shown = text.codePoints()
                .map(c -> Character.isISOControl(c) || isBreak(c) ? ' ' : c)
                .limit(longest)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown;
    }

    private static boolean isBreak(int c) {
        int type = Character.getType(c);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || type == Character.FORMAT;
    }

    @Override
    public String toString() {
        String subject = path.isEmpty() ? "" : path + (seen.isEmpty() ? "" : " = " + seen) + ": ";
        return line + ":" + column + ": " + subject + problem + "; " + fix;
    }
}
