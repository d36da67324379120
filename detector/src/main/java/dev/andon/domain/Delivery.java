package dev.andon.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of one attempt to deliver a signal.
 *
 * @param time when the attempt ended
 * @param sink name of the connector that tried
 * @param target where it went, without anything secret
 * @param attempt number of the attempt, {@code >= 1}
 * @param httpStatus of the answer, when there was one
 * @param latency from the attempt to its answer
 * @param detail what the other side said, shortened
 * @param retryAt when the next attempt is due; absent when there will be none
 */
public record Delivery(
        Instant time,
        String signalId,
        Optional<String> rolloutId,
        String sink,
        String target,
        Status status,
        long attempt,
        OptionalInt httpStatus,
        Optional<Duration> latency,
        Optional<String> detail,
        Optional<Instant> retryAt) {
    /** How far a delivery has come. */
    public enum Status {
        SENT,
        ACKNOWLEDGED,
        /** The rollout was seen to stand still. */
        VERIFIED,
        FAILED,
        SUPPRESSED
    }

    public Delivery {
        Require.name("signalId", signalId);
        Require.name("sink", sink);
        Require.notNegative("attempt", attempt);
    }
}
