package dev.andon.report;

import java.util.Arrays;

/** A growing list of numbers without a box around each: a month of samples of twenty clusters must fit into memory. */
final class Series {
    private double[] values = new double[256];
    private int size;

    void add(double value) {
        if (size == values.length) values = Arrays.copyOf(values, 2 * size);
        values[size++] = value;
    }

    double get(int index) {
        return values[index];
    }

    double last() {
        return size == 0 ? 0 : values[size - 1];
    }

    void addToLast(double more) {
        values[size - 1] += more;
    }

    int size() {
        return size;
    }

    /** @return index of the first value that is not below {@code bound}; the values must rise */
    int firstFrom(double bound) {
        int found = Arrays.binarySearch(values, 0, size, bound);
        return found >= 0 ? found : -found - 1;
    }
}
