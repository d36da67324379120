package dev.andon.connect.common;

import java.time.Instant;
import java.util.ArrayDeque;

/** Keeps to a {@link Pace}: no more requests in any period than it allows. Memory: one instant per allowed request. */
final class Pacer {
    private final Pace pace;
    private final ArrayDeque<Instant> made = new ArrayDeque<>();

    Pacer(Pace pace) {
        this.pace = pace;
    }

    /** When the next request may be made: now, or the instant at which the oldest one leaves the period. */
    Instant next(Instant now) {
        while (!made.isEmpty() && !made.peekFirst().plus(pace.period()).isAfter(now)) {
            made.removeFirst();
        }
        return made.size() < pace.requests() ? now : made.getFirst().plus(pace.period());
    }

    void made(Instant now) {
        if (pace.requests() < Integer.MAX_VALUE) {
            made.addLast(now);
        }
    }
}
