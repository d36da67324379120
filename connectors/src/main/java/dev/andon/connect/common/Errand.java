package dev.andon.connect.common;

import java.time.Instant;

/**
 * One signal on its way to one receiver. May remember what earlier attempts brought; is never called by two threads at
 * once.
 */
@FunctionalInterface
public interface Errand {
    /**
     * Makes one attempt, and only one: waiting and repeating belong to whoever calls.
     *
     * @param now the instant of the attempt
     */
    Outcome attempt(Instant now);
}
