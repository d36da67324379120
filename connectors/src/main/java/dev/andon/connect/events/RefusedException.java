package dev.andon.connect.events;

/** A request that gives no event, and why. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    RefusedException(Refusal reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Refusal reason() {
        return reason;
    }

    static RefusedException notUnderstood(String message) {
        return new RefusedException(Refusal.NOT_UNDERSTOOD, message);
    }

    static RefusedException notARollout(String message) {
        return new RefusedException(Refusal.NOT_A_ROLLOUT, message);
    }
}
