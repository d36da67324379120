package dev.andon.connect.common;

import dev.andon.schema.Action;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every sink of signals can be told, checked.
 *
 * @param sink name of the connector
 * @param actions signals with other actions are passed over
 * @param sendObserved whether signals of observe mode are sent
 * @param deliveryTimeout from the first attempt on; a failure after it is final
 * @param backoff wait after the first failed attempt; doubles with each further one
 * @param longestBackoff the wait never grows beyond this
 * @param toleratesErrors whether a rejected signal lets the task go on when there is no dead letter topic
 * @param escalation for which sink this one stands in, and when; empty when it is the first to be told
 * @param deliveriesTopic where attempts are recorded; empty when they are not
 * @param deliveriesProducer settings of the producer that records them
 */
public record SinkSettings(
        String sink,
        Set<Action> actions,
        boolean sendObserved,
        Duration deliveryTimeout,
        Duration backoff,
        Duration longestBackoff,
        boolean toleratesErrors,
        Optional<EscalationSettings> escalation,
        String deliveriesTopic,
        Map<String, Object> deliveriesProducer) {

    public SinkSettings {
        actions = Set.copyOf(actions);
        deliveriesProducer = Map.copyOf(deliveriesProducer);
    }

    /** How long to wait after a failed attempt that did not say how long. */
    Duration backoffAfter(long attempt) {
        // 2^20 times any backoff is longer than the longest one can be; more would overflow.
        Duration wait = backoff.multipliedBy(1L << Math.min(attempt - 1, 20));
        return wait.compareTo(longestBackoff) > 0 ? longestBackoff : wait;
    }

    /** Names no producer setting: they may hold credentials. */
    @Override
    public String toString() {
        return "SinkSettings[sink=" + sink + ", actions=" + actions + ", deliveriesTopic=" + deliveriesTopic + "]";
    }
}
