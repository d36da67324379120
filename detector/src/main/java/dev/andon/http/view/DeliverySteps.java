package dev.andon.http.view;

import dev.andon.domain.Delivery;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one sink has come with one signal: when each step was first taken. Whatever order the records come in, and however
 * often, the result is the same.
 *
 * @param sent when the receiver had accepted it, at the latest
 * @param acknowledged when the receiver said that it acts, or a person that they look
 * @param verified when the rollout was seen to stand still
 * @param suppressed when it was withheld on purpose
 * @param failures attempts that did not get through
 * @param failure the newest of them
 */
public record DeliverySteps(
        Optional<Instant> sent,
        Optional<Instant> acknowledged,
        Optional<Instant> verified,
        Optional<Instant> suppressed,
        long failures,
        Optional<Delivery> failure) {
    static final DeliverySteps NONE = new DeliverySteps(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());

    DeliverySteps with(Delivery delivery) {
        Instant time = delivery.time();
        return switch (delivery.status()) {
            case SENT -> new DeliverySteps(first(sent, time), acknowledged, verified, suppressed, failures, failure);
            // Whoever acts was reached.
            case ACKNOWLEDGED ->
                new DeliverySteps(
                        first(sent, time), first(acknowledged, time), verified, suppressed, failures, failure);
            case VERIFIED ->
                new DeliverySteps(
                        first(sent, time), acknowledged, first(verified, time), suppressed, failures, failure);
            case SUPPRESSED ->
                new DeliverySteps(sent, acknowledged, verified, first(suppressed, time), failures, failure);
            case FAILED ->
                new DeliverySteps(
                        sent,
                        acknowledged,
                        verified,
                        suppressed,
                        // Attempts are numbered: the same one may be recorded twice.
                        Math.max(failures, delivery.attempt()),
                        failure.filter(known -> known.time().isAfter(time)).or(() -> Optional.of(delivery)));
        };
    }

    /** @return the newest failure, unless a later attempt got through */
    public Optional<Delivery> trouble() {
        return failure.filter(
                failed -> sent.map(reached -> reached.isBefore(failed.time())).orElse(true));
    }

    static Optional<Instant> first(Optional<Instant> known, Instant time) {
        return Optional.of(known.filter(earlier -> !earlier.isAfter(time)).orElse(time));
    }
}
