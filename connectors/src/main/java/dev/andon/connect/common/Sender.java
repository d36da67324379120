package dev.andon.connect.common;

import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Instant;
import java.util.Optional;

/**
 * One receiver of signals. All of it but the mapping is shared: order, retries, deadlines, pauses, records of deliveries
 * are those of {@link Lane}.
 */
public interface Sender {
    /** Where signals go, fit to be shown: no path, query or credentials. */
    String target();

    /** Begins to deliver a signal. Contacts nothing; {@link Errand#attempt} does. */
    Errand errand(Signal signal);

    /** What would be done to deliver it, in one sentence without secrets; for observe mode. */
    String plan(Signal signal);

    /** How many requests the receiver takes in which time. */
    default Pace pace() {
        return Pace.UNLIMITED;
    }

    /** Asks the receiver for something harmless, to learn at the start whether it is there and takes the credentials. */
    default Optional<Outcome> check(Instant now) {
        return Optional.empty();
    }

    /** Begins to tell of a rollout that has just started; empty where the receiver has no use for that. */
    default Optional<Errand> started(RolloutEvent rollout) {
        return Optional.empty();
    }
}
