package dev.andon.connect.audit;

/** A request that is refused as a whole. */
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
}
