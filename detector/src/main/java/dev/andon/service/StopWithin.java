package dev.andon.service;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops something that may hang, and goes on without it: the process has ten seconds in all to end. */
final class StopWithin {
    private static final Logger LOG = LoggerFactory.getLogger(StopWithin.class);

    private StopWithin() {}

    /** Runs {@code stop} and returns when it has finished or {@code limit} has passed. */
    static void limit(Duration limit, String what, Runnable stop) {
        Thread stopping = new Thread(() -> quietly(what, stop), "stop " + what);
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(limit.toMillis());
            if (stopping.isAlive()) {
                LOG.warn("{} did not stop within {} ms and is left behind", what, limit.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(String what, Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            LOG.warn("{} did not stop cleanly: {}", what, e.toString());
        }
    }
}
