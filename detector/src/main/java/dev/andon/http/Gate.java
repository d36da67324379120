package dev.andon.http;

import dev.andon.domain.Action;
import dev.andon.domain.Mode;
import dev.andon.domain.Signal;
import dev.andon.http.view.RolloutView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * May a rollout be widened? The answer is a lease: it holds until a time and must then be asked for again. Where Andon cannot
 * know it does not say yes.
 */
final class Gate {
    /** For how long a yes holds. Short: it is how long a CD system may go on after the detector has died. */
    static final Duration LEASE = Duration.ofSeconds(30);
    /** How old the newest proof may be that nothing was missed. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private Gate() {}

    /** PROCEED, HOLD and HALT answer the question; UNKNOWN is the refusal to answer. */
    enum Decision {
        PROCEED,
        HOLD,
        HALT,
        UNKNOWN
    }

    record Answer(Decision decision, String reason, Instant validUntil) {
        int status() {
            return switch (decision) {
                case PROCEED -> 200;
                case HOLD, HALT -> 403;
                case UNKNOWN -> 503;
            };
        }
    }

    static Answer ask(String rolloutId, Optional<RolloutView> rollout, Readiness readiness, Instant now) {
        Optional<String> trouble = readiness.fatal().or(readiness::notReady);
        if (trouble.isPresent()) return unknown(trouble.get(), now);
        if (readiness.currentAsOf().isBefore(now.minus(FRESH))) {
            return unknown("what is known is not up to date: Kafka has not answered for a while", now);
        }
        if (rollout.isEmpty()) {
            return unknown("no event of " + rolloutId + " was seen; post its STARTED event first", now);
        }
        Optional<Signal> standing = rollout.get().standing();
        if (standing.filter(signal -> signal.mode() == Mode.OBSERVE).isPresent()) {
            String reason = "only observed: it would be told to "
                    + standing.get().action() + ", because " + standing.get().reason();
            return new Answer(Decision.PROCEED, reason, now.plus(LEASE));
        }
        return standing.map(signal -> refusal(signal, now))
                .orElseGet(() -> new Answer(Decision.PROCEED, "no HALT or HOLD stands", now.plus(LEASE)));
    }

    private static Answer unknown(String reason, Instant now) {
        return new Answer(Decision.UNKNOWN, reason, now);
    }

    private static Answer refusal(Signal signal, Instant now) {
        Instant again = now.plus(LEASE);
        Instant until = signal.until().filter(end -> end.isBefore(again)).orElse(again);
        Decision decision = signal.action() == Action.HALT ? Decision.HALT : Decision.HOLD;
        return new Answer(decision, signal.reason(), until.isBefore(now) ? now : until);
    }
}
