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

    /** Shows a value in one short line. */
    static String quoted(String value) {
        String oneLine = value.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(LONGEST_SEEN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + oneLine + (value.length() > LONGEST_SEEN ? "…" : "") + '"';
    }

    @Override
    public String toString() {
        String subject = path.isEmpty() ? "" : path + (seen.isEmpty() ? "" : " = " + seen) + ": ";
        return line + ":" + column + ": " + subject + problem + "; " + fix;
    }
}
