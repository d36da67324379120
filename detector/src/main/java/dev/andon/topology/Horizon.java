package dev.andon.topology;

import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far ahead of the clock a time may be. One record from the future would end everything that is due until then. */
record Horizon(Clock clock, Duration tolerance) {
    boolean beyond(Instant time) {
        return time.isAfter(clock.instant().plus(tolerance));
    }

    void check(Instant time) {
        if (!beyond(time)) return;
        throw new InvalidInput(
                RejectReason.FROM_THE_FUTURE,
                "time " + time + " is more than " + tolerance.toSeconds() + " s ahead of this machine's clock, "
                        + clock.instant() + ": set the clock of the machine that wrote it");
    }
}
