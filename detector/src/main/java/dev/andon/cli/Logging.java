package dev.andon.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** How much is logged on stderr. Commands are quiet, the service says what it does, {@code --verbose} says everything. */
final class Logging {
    private static final String OURS = "dev.andon";
    private boolean verbose;

    /** For commands with an output of their own: only what needs somebody's attention. */
    void quiet() {
        if (!verbose) levels(Level.ERROR, Level.WARN);
    }

    /** For the demo, which shows on its screen how its parts are: a page that came late is no news there. */
    void silent() {
        if (!verbose) levels(Level.OFF, Level.ERROR);
    }

    /** For the service: the events of its life. */
    void service() {
        if (!verbose) levels(Level.WARN, Level.INFO);
    }

    /** Whatever the command asks for later: everything of ours, and how the clients get on. */
    void showEverything() {
        verbose = true;
        levels(Level.INFO, Level.DEBUG);
    }

    boolean verbose() {
        return verbose;
    }

    private static void levels(Level others, Level ours) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            context.getLogger("ROOT").setLevel(others);
            context.getLogger(OURS).setLevel(ours);
        }
    }
}
