package dev.andon.connect.common;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of one attempt to deliver. The transport decides this once; nobody else looks at status codes or exceptions.
 *
 * @param kind what to do now
 * @param reason why, from a closed list that is also the metric label
 * @param httpStatus status of the answer, 100 to 599; empty when there was none
 * @param latency from sending the request to the end of the answer, or to giving up; empty when nothing was sent
 * @param retryAfter how long the receiver asked to be left alone; empty when it did not
 * @param detail one sentence without secrets
 */
public record Outcome(
        Kind kind,
        Reason reason,
        OptionalInt httpStatus,
        Optional<Duration> latency,
        Optional<Duration> retryAfter,
        String detail) {

    /** What to do with the signal after the attempt. */
    public enum Kind {
        /** The receiver accepted it. */
        DELIVERED,
        /** It may be accepted later. */
        RETRY,
        /** It will never be accepted as it is. */
        REJECTED
    }

    /** Why an attempt ended as it did. */
    public enum Reason {
        ACCEPTED,
        RATE_LIMITED,
        SERVER_ERROR,
        PROTOCOL_ERROR,
        TIMEOUT,
        UNREACHABLE,
        TLS,
        REDIRECT,
        AUTH,
        GONE,
        CLIENT_ERROR,
        OVERSIZED,
        UNSENDABLE
    }

    /**
     * Classifies an answer. Everything that a receiver, or a proxy before it, may answer while it restarts or is
     * overloaded is worth another attempt; what says that the request itself is wrong is not.
     *
     * @param status HTTP status code of the answer
     */
    public static Outcome ofStatus(int status, Duration latency, Optional<Duration> retryAfter) {
        return switch (status) {
            case 401, 403 ->
                answer(Kind.REJECTED, Reason.AUTH, status, latency, "check the signing secrets and the headers");
            case 408, 425 -> retry(Reason.TIMEOUT, status, latency, retryAfter);
            case 410 -> answer(Kind.REJECTED, Reason.GONE, status, latency, "this endpoint wants no more signals");
            case 429 -> retry(Reason.RATE_LIMITED, status, latency, retryAfter);
            default ->
                switch (status / 100) {
                    case 2 -> answer(Kind.DELIVERED, Reason.ACCEPTED, status, latency, "accepted");
                    case 3 ->
                        answer(
                                Kind.REJECTED,
                                Reason.REDIRECT,
                                status,
                                latency,
                                "redirects are not followed, correct the url");
                    case 4 ->
                        answer(Kind.REJECTED, Reason.CLIENT_ERROR, status, latency, "it will not accept this signal");
                    case 5 -> retry(Reason.SERVER_ERROR, status, latency, retryAfter);
                    default -> retry(Reason.PROTOCOL_ERROR, status, latency, retryAfter);
                };
        };
    }

    /** Nothing was answered, and trying again may help. */
    public static Outcome unanswered(Reason reason, Duration latency, String detail) {
        return new Outcome(Kind.RETRY, reason, OptionalInt.empty(), Optional.of(latency), Optional.empty(), detail);
    }

    /** The signal cannot be sent at all; no attempt was made. */
    public static Outcome unsendable(Reason reason, String detail) {
        return new Outcome(Kind.REJECTED, reason, OptionalInt.empty(), Optional.empty(), Optional.empty(), detail);
    }

    private static Outcome retry(Reason reason, int status, Duration latency, Optional<Duration> retryAfter) {
        String detail = "the receiver answered " + status + " (" + reason + ")";
        return new Outcome(Kind.RETRY, reason, OptionalInt.of(status), Optional.of(latency), retryAfter, detail);
    }

    private static Outcome answer(Kind kind, Reason reason, int status, Duration latency, String meaning) {
        String detail = "the receiver answered " + status + " (" + reason + "): " + meaning;
        return new Outcome(kind, reason, OptionalInt.of(status), Optional.of(latency), Optional.empty(), detail);
    }
}
