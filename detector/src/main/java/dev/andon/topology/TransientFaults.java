package dev.andon.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.RetriableException;

/** Tells faults that pass, such as a broker that is away, from the rest, and stops believing in too many of them. */
final class TransientFaults {
    private static final int BUDGET = 5;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Clock clock;
    private final Deque<Instant> recent = new ArrayDeque<>();

    TransientFaults(Clock clock) {
        this.clock = clock;
    }

    /** @return whether it is worth to go on; each time counts against the budget */
    synchronized boolean forgives(Throwable error) {
        Instant now = clock.instant();
        while (!recent.isEmpty() && recent.peekFirst().plus(WINDOW).isBefore(now)) recent.removeFirst();
        if (!passing(error) || recent.size() >= BUDGET) return false;
        recent.addLast(now);
        return true;
    }

    private static boolean passing(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) return true;
        }
        return false;
    }
}
