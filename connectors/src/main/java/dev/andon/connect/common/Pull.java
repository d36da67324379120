package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import dev.andon.schema.DeliveryStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps one lever pulled: stops, looks until nothing moves, and stops again when somebody undid it. */
final class Pull {
    /** Beyond this somebody works against Andon, and a person must decide. */
    private static final int MOST_STOPS = 10;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Lever lever;
    private final String signalId;
    private final HaltOptions options;
    private int stops;
    private @Nullable Instant since;

    Pull(Lever lever, String signalId, HaltOptions options) {
        this.lever = lever;
        this.signalId = signalId;
        this.options = options;
    }

    Outcome step(Instant now) {
        Lever.Look look = lever.look();
        if (look.outcome().kind() != Kind.DELIVERED) {
            return look.outcome();
        }
        if (since == null) {
            since = now;
        }
        return switch (look.stage()) {
            case MOVES -> stop(now);
            case WAITS -> waits(look, since, now);
            case HELD ->
                look.outcome().means(DeliveryStatus.ACKNOWLEDGED, look.saying()).again(options.reassert());
            case STANDS ->
                look.outcome().means(DeliveryStatus.VERIFIED, look.saying()).again(options.reassert());
            case OVER -> look.outcome().means(Kind.REJECTED, Reason.NOT_HALTED, look.saying());
        };
    }

    private Outcome stop(Instant now) {
        if (stops >= MOST_STOPS) {
            return Outcome.unsendable(
                    Reason.NOT_HALTED,
                    lever.name() + " was stopped " + stops + " times and something started it again each time; stop"
                            + " whoever does that, and halt it by hand");
        }
        Outcome outcome = lever.stop(signalId);
        if (outcome.kind() != Kind.DELIVERED) {
            return outcome;
        }
        stops++;
        since = now;
        Outcome told = stops == 1
                ? outcome
                : outcome.means(
                        DeliveryStatus.SENT,
                        "something started " + lever.name() + " again; stopped again, " + stops + " times");
        return told.again(LOOK_AGAIN);
    }

    private Outcome waits(Lever.Look look, Instant first, Instant now) {
        boolean late = Duration.between(first, now).compareTo(options.verifyTimeout()) > 0;
        return late
                ? look.outcome().means(Kind.RETRY, Reason.NOT_HALTED, "not verified: " + look.saying())
                : look.outcome().means(DeliveryStatus.SENT, look.saying()).again(LOOK_AGAIN);
    }
}
