package dev.andon.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What Andon says to CD systems and pagers (contract, section 3). Which fields are present depends on the action.
 *
 * @param time event time at which it was decided: the newest sample that had been seen
 * @param signalId the same for the same decision on the same input, so that a repeated delivery can be recognised
 * @param probability that {@code rolloutId} is the cause, in [0, 1]
 * @param until for HOLD: not to be widened before this time
 * @param expires after this time the signal no longer stands unless it was repeated
 * @param mode whether it is to be acted upon
 */
public record Signal(
        Instant time,
        String signalId,
        Action action,
        Optional<String> rolloutId,
        Optional<String> cluster,
        Optional<Instant> onset,
        OptionalDouble probability,
        String reason,
        List<Evidence> evidence,
        List<Candidate> candidates,
        Optional<Exposure> exposure,
        Optional<Instant> until,
        Optional<Instant> expires,
        Mode mode) {
    public Signal {
        evidence = List.copyOf(evidence);
        candidates = List.copyOf(candidates);
    }

    /** A signal that is to be acted upon. */
    public Signal(
            Instant time,
            String signalId,
            Action action,
            Optional<String> rolloutId,
            Optional<String> cluster,
            Optional<Instant> onset,
            OptionalDouble probability,
            String reason,
            List<Evidence> evidence,
            List<Candidate> candidates,
            Optional<Exposure> exposure,
            Optional<Instant> until,
            Optional<Instant> expires) {
        this(
                time,
                signalId,
                action,
                rolloutId,
                cluster,
                onset,
                probability,
                reason,
                evidence,
                candidates,
                exposure,
                until,
                expires,
                Mode.ENFORCE);
    }

    /** The same in another mode. */
    public Signal in(Mode other) {
        return new Signal(
                time,
                signalId,
                action,
                rolloutId,
                cluster,
                onset,
                probability,
                reason,
                evidence,
                candidates,
                exposure,
                until,
                expires,
                other);
    }
}
