package dev.andon.architecture.broken.topology;

import java.time.Clock;
import java.time.Instant;

/** Asks the system for the time. */
public record Processor(Instant started) {
    static Processor start() {
        return new Processor(Instant.now(Clock.systemUTC()));
    }

    @SuppressWarnings("JavaInstantGetSecondsGetNano")
    static Instant startOfNow() {
        return Instant.now();
    }
}
