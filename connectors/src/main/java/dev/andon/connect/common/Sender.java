package dev.andon.connect.common;

import dev.andon.schema.Signal;
import java.time.Instant;

/** One receiver of signals. */
public interface Sender {
    /** Where signals go, fit to be shown: no path, query or credentials. */
    String target();

    /**
     * Makes one attempt, and only one: waiting and repeating belong to {@link SignalSinkTask}.
     *
     * @param now the instant of the attempt
     */
    Outcome send(Signal signal, Instant now);
}
