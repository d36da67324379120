package dev.andon.http.view;

import java.util.Arrays;

/**
 * Numbers over time within a fixed amount of memory: {@code 8 * (columns + 1)} bytes per row, allocated as it fills. Not
 * thread-safe.
 */
final class Trail {
    private static final int FIRST_ROWS = 16;

    private final int columns;
    private final int most;
    private final Full whenFull;
    private long[] timesMillis = new long[FIRST_ROWS];
    private double[] values;
    private int rows;

    /** What gives way to a new row. */
    enum Full {
        /** The oldest quarter: the newest stay as fine as they came. */
        FORGET_OLDEST,
        /** Every second row but the first and the last: the whole story stays, coarser. */
        THIN_OUT
    }

    /** @param most rows kept, at least 16 */
    Trail(int columns, int most, Full whenFull) {
        this.columns = columns;
        this.most = most;
        this.whenFull = whenFull;
        this.values = new double[FIRST_ROWS * columns];
    }

    /** Takes in one row. A row that is not later than the newest one takes its place when it is of the same instant. */
    void add(long timeMillis, double... row) {
        if (rows > 0 && timeMillis < timesMillis[rows - 1]) return;
        if (rows == 0 || timeMillis > timesMillis[rows - 1]) {
            makeRoom();
            rows++;
        }
        timesMillis[rows - 1] = timeMillis;
        System.arraycopy(row, 0, values, (rows - 1) * columns, columns);
    }

    int rows() {
        return rows;
    }

    long timeMillis(int row) {
        return timesMillis[row];
    }

    double value(int row, int column) {
        return values[row * columns + column];
    }

    private void makeRoom() {
        if (rows == most) {
            switch (whenFull) {
                case FORGET_OLDEST -> forgetOldest();
                case THIN_OUT -> thinOut();
            }
        }
        if (rows == timesMillis.length) {
            int larger = Math.min(most, rows * 2);
            timesMillis = Arrays.copyOf(timesMillis, larger);
            values = Arrays.copyOf(values, larger * columns);
        }
    }

    private void forgetOldest() {
        int gone = Math.max(1, rows / 4);
        rows -= gone;
        System.arraycopy(timesMillis, gone, timesMillis, 0, rows);
        System.arraycopy(values, gone * columns, values, 0, rows * columns);
    }

    private void thinOut() {
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            if (row % 2 == 1 && row != rows - 1) continue;
            timesMillis[kept] = timesMillis[row];
            System.arraycopy(values, row * columns, values, kept * columns, columns);
            kept++;
        }
        rows = kept;
    }
}
