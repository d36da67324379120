package dev.andon.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** Prints the first warnings and counts the others: a file of a million bad lines must stay readable. */
final class Warnings implements Consumer<String>, AutoCloseable {
    private final PrintWriter err;
    private final int most;
    private long seen;

    Warnings(PrintWriter err, int most) {
        this.err = err;
        this.most = most;
    }

    @Override
    public void accept(String warning) {
        if (++seen <= most) err.println("andon: " + warning);
    }

    /** Says how many were not shown. */
    @Override
    public void close() {
        if (seen > most) err.println("andon: " + (seen - most) + " more such lines are not shown but counted below");
        err.flush();
    }
}
