package dev.andon.connect.exposition;

import java.util.Arrays;

/** The labels of the line that is being read, kept sorted and reused, so that a repeated series costs no object. */
final class LabelBuffer {
    /** As many as remote write takes. Each label is compared with those before it. */
    static final int MAX_LABELS = 64;

    private String[] names = new String[16];
    private String[] values = new String[16];
    private int size;

    void clear() {
        size = 0;
    }

    /**
     * Adds a label; one with an empty value counts as none.
     *
     * @return false when the name is there already, or too many are
     */
    boolean add(String name, String value) {
        int at = size;
        while (at > 0) {
            int order = names[at - 1].compareTo(name);
            if (order == 0) {
                return false;
            }
            if (order < 0) {
                break;
            }
            at--;
        }
        if (!value.isEmpty()) {
            if (size == MAX_LABELS) {
                return false;
            }
            insert(at, name, value);
        }
        return true;
    }

    boolean sameAs(Labels labels) {
        if (labels.size() != size) {
            return false;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (!values[i].equals(labels.value(i)) || !names[i].equals(labels.name(i))) {
                return false;
            }
        }
        return true;
    }

    Labels toLabels() {
        if (size == 0) {
            return Labels.NONE;
        }
        var pairs = new String[2 * size];
        for (int i = 0; i < size; i++) {
            pairs[2 * i] = names[i];
            pairs[2 * i + 1] = values[i];
        }
        return new Labels(pairs);
    }

    private void insert(int at, String name, String value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        System.arraycopy(names, at, names, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        names[at] = name;
        values[at] = value;
        size++;
    }
}
