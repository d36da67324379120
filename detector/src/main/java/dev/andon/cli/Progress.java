package dev.andon.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** How far a long piece of work is: one line that is written over on a terminal, a line per tenth elsewhere. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final Duration whole;
    // From JDK 22 on there is a console without a terminal too: then a line is written over in a file, which does no
    // harm.
    @SuppressWarnings("SystemConsoleNull")
    private final boolean terminal = System.console() != null;

    private final long started = System.nanoTime();
    private int told = -1;

    Progress(PrintWriter err, Duration whole) {
        this.err = err;
        this.whole = whole;
    }

    void at(Duration done, String place) {
        double part = Math.min(1, (double) done.toMillis() / whole.toMillis());
        int tenth = (int) (10 * part);
        if (!terminal && tenth == told) return;
        told = tenth;
        int full = (int) Math.round(WIDTH * part);
        double seconds = (System.nanoTime() - started) / 1e9;
        Duration left = Duration.ofSeconds(Math.round(part > 0 ? seconds / part - seconds : 0));
        String line = "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + Quantities.percent(part) + "  " + place
                + "  " + Quantities.clock(left) + " left";
        err.print(terminal ? "\r" + line + "  " : "andon: " + line + "\n");
        err.flush();
    }

    @Override
    public void close() {
        if (terminal && told >= 0) err.println();
        err.flush();
    }
}
