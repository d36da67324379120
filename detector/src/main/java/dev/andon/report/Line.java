package dev.andon.report;

/** Points of a chart by rising time, in milliseconds since the epoch. NaN interrupts the line. */
final class Line {
    private final Series times = new Series();
    private final Series values = new Series();

    void add(double time, double value) {
        times.add(time);
        values.add(value);
    }

    int size() {
        return times.size();
    }

    double time(int index) {
        return times.get(index);
    }

    double value(int index) {
        return values.get(index);
    }

    /** @return the largest value; NaN when there is none */
    double largest() {
        double largest = Double.NaN;
        for (int i = 0; i < size(); i++) {
            if (Double.isNaN(largest) || value(i) > largest) largest = value(i);
        }
        return largest;
    }
}
