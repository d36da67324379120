package dev.andon.connect.exposition;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The labels of one series, sorted by name. A label with an empty value is the same as no such label, as in Prometheus.
 * Immutable; equality and hash are those of the content, and the hash is computed once.
 */
public final class Labels {
    /** No label at all. */
    public static final Labels NONE = new Labels(new String[0]);

    private final String[] namesAndValues;
    private final int hash;

    /** @param namesAndValues name, value, name, value…, sorted by name and not written to afterwards */
    Labels(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
        this.hash = Arrays.hashCode(namesAndValues);
    }

    /**
     * @param labels names and values in any order
     * @return the same labels, without those whose value is empty
     */
    public static Labels of(Map<String, String> labels) {
        return new Labels(new TreeMap<>(labels)
                .entrySet().stream()
                        .filter(label -> !label.getValue().isEmpty())
                        .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                        .toArray(String[]::new));
    }

    /** @return the value of that label, empty when the series does not have it */
    public String get(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return namesAndValues[i + 1];
            }
        }
        return "";
    }

    int size() {
        return namesAndValues.length / 2;
    }

    String name(int index) {
        return namesAndValues[2 * index];
    }

    String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels that && hash == that.hash && Arrays.equals(namesAndValues, that.namesAndValues);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(name(i))
                    .append("=\"")
                    .append(value(i))
                    .append('"');
        }
        return text.append('}').toString();
    }
}
