package dev.andon.connect.common;

import dev.andon.schema.DeliveryStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of one attempt to deliver. The transport decides this once; a sender may know better what an answer of its
 * receiver means, and nobody else looks at status codes or exceptions.
 *
 * @param kind what to do now
 * @param reason why, from a closed list that is also the metric label
 * @param status how far a delivery has come: SENT, ACKNOWLEDGED or VERIFIED; FAILED when it did not get through
 * @param httpStatus status of the answer, 100 to 599; empty when there was none
 * @param latency from sending the request to the end of the answer, or to giving up; empty when nothing was sent
 * @param retryAfter how long the receiver asked to be left alone; empty when it did not
 * @param again after how long the sender wants to be asked again although it delivered, because the signal stands;
 *     empty when it is done with the signal
 * @param detail one sentence without secrets
 */
public record Outcome(
        Kind kind,
        Reason reason,
        DeliveryStatus status,
        OptionalInt httpStatus,
        Optional<Duration> latency,
        Optional<Duration> retryAfter,
        Optional<Duration> again,
        String detail) {

    private static final String ACCEPTED = "accepted";

    /** What to do with the signal after the attempt. */
    public enum Kind {
        /** The receiver accepted it. */
        DELIVERED,
        /** It may be accepted later. */
        RETRY,
        /** It will never be accepted as it is. */
        REJECTED,
        /** There was nothing to do here. */
        UNCONCERNED
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
        UNSENDABLE,
        NOT_HALTED,
        NOTHING_TO_DO;

        /** Whether the receiver is in trouble, so that other signals would fare no better. */
        boolean blamesReceiver() {
            return switch (this) {
                case RATE_LIMITED, SERVER_ERROR, PROTOCOL_ERROR, TIMEOUT, UNREACHABLE, TLS -> true;
                case ACCEPTED, REDIRECT, AUTH, GONE, CLIENT_ERROR, OVERSIZED, UNSENDABLE, NOT_HALTED, NOTHING_TO_DO ->
                    false;
            };
        }
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
                answer(Kind.REJECTED, Reason.AUTH, status, latency, "check the credentials and the headers");
            case 408, 425 -> retry(Reason.TIMEOUT, status, latency, retryAfter);
            case 410 -> answer(Kind.REJECTED, Reason.GONE, status, latency, "this endpoint wants no more signals");
            case 429 -> retry(Reason.RATE_LIMITED, status, latency, retryAfter);
            default -> ofClass(status, latency, retryAfter);
        };
    }

    private static Outcome ofClass(int status, Duration latency, Optional<Duration> retryAfter) {
        return switch (status / 100) {
            case 2 ->
                of(
                        Kind.DELIVERED,
                        Reason.ACCEPTED,
                        OptionalInt.of(status),
                        Optional.of(latency),
                        Optional.empty(),
                        ACCEPTED);
            case 3 ->
                answer(Kind.REJECTED, Reason.REDIRECT, status, latency, "redirects are not followed, correct the url");
            case 4 -> answer(Kind.REJECTED, Reason.CLIENT_ERROR, status, latency, "it will not accept this signal");
            case 5 -> retry(Reason.SERVER_ERROR, status, latency, retryAfter);
            default -> retry(Reason.PROTOCOL_ERROR, status, latency, retryAfter);
        };
    }

    /** What there is to say of it; empty when the receiver just accepted. */
    Optional<String> said() {
        return detail.equals(ACCEPTED) ? Optional.empty() : Optional.of(detail);
    }

    /** Nothing was answered, and trying again may help. */
    public static Outcome unanswered(Reason reason, Duration latency, String detail) {
        return of(Kind.RETRY, reason, OptionalInt.empty(), Optional.of(latency), Optional.empty(), detail);
    }

    /** The signal cannot be sent at all; no attempt was made. */
    public static Outcome unsendable(Reason reason, String detail) {
        return of(Kind.REJECTED, reason, OptionalInt.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /** Nothing was sent, but it may work later. */
    public static Outcome notYet(Reason reason, String detail) {
        return of(Kind.RETRY, reason, OptionalInt.empty(), Optional.empty(), Optional.empty(), detail);
    }

    /** There was nothing to do here. */
    public static Outcome unconcerned(String detail) {
        return of(
                Kind.UNCONCERNED,
                Reason.NOTHING_TO_DO,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                detail);
    }

    /** The same, and the sender wants to be asked again after this time for as long as the signal stands. */
    public Outcome again(Duration after) {
        return new Outcome(kind, reason, status, httpStatus, latency, retryAfter, Optional.of(after), detail);
    }

    /** The same answer, but it says more than that the request arrived. */
    public Outcome means(DeliveryStatus better, String why) {
        return new Outcome(kind, reason, better, httpStatus, latency, retryAfter, again, why);
    }

    /** The same answer, which of this receiver means something else. */
    public Outcome means(Kind other, Reason why, String saying) {
        DeliveryStatus reached = other == Kind.DELIVERED ? DeliveryStatus.SENT : DeliveryStatus.FAILED;
        return new Outcome(other, why, reached, httpStatus, latency, retryAfter, again, saying);
    }

    private static Outcome retry(Reason reason, int status, Duration latency, Optional<Duration> retryAfter) {
        String detail = "the receiver answered " + status + " (" + reason + ")";
        return of(Kind.RETRY, reason, OptionalInt.of(status), Optional.of(latency), retryAfter, detail);
    }

    private static Outcome answer(Kind kind, Reason reason, int status, Duration latency, String meaning) {
        String detail = "the receiver answered " + status + " (" + reason + "): " + meaning;
        return of(kind, reason, OptionalInt.of(status), Optional.of(latency), Optional.empty(), detail);
    }

    private static Outcome of(
            Kind kind,
            Reason reason,
            OptionalInt httpStatus,
            Optional<Duration> latency,
            Optional<Duration> retryAfter,
            String detail) {
        DeliveryStatus reached = kind == Kind.DELIVERED ? DeliveryStatus.SENT : DeliveryStatus.FAILED;
        return new Outcome(kind, reason, reached, httpStatus, latency, retryAfter, Optional.empty(), detail);
    }
}
