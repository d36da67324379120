package dev.andon.connect.common;

/**
 * What a receiver answered.
 *
 * @param outcome what it means for the attempt
 * @param body what it said; empty when nothing was asked for, when it was too long or broke off. Never to be shown: a
 *     receiver may echo what it was sent, secrets included
 */
public record Answer(Outcome outcome, String body) {
    /** The status of the answer; 0 when there was none. */
    public int status() {
        return outcome.httpStatus().orElse(0);
    }

    /** Shows no body. */
    @Override
    public String toString() {
        return "Answer[" + outcome + ", " + body.length() + " characters]";
    }
}
