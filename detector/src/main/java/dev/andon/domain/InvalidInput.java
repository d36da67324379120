package dev.andon.domain;

/** An input that breaks a rule of the contract. Thrown by constructors, turned into a dead letter at the edge. */
public final class InvalidInput extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final RejectReason reason;

    public InvalidInput(RejectReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public RejectReason reason() {
        return reason;
    }
}
