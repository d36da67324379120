package dev.andon.http;

import java.io.Serial;
import java.util.List;

/**
 * An answer that says what was wrong and what to do (RFC 9457). Thrown by routes, written by {@link Problems}.
 */
final class Problem extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String kind;
    private final String title;
    private final transient List<Flaw> flaws;

    /**
     * One thing that is wrong with one part of a body.
     *
     * @param at which part, e.g. {@code event 3} or {@code line 3}
     * @param reason from a closed list, for programs
     * @param message for people: the field, the value seen, the rule
     */
    record Flaw(String at, String reason, String message) {}

    private Problem(int status, String kind, String title, String detail, List<Flaw> flaws) {
        super(detail);
        this.status = status;
        this.kind = kind;
        this.title = title;
        this.flaws = List.copyOf(flaws);
    }

    static Problem badRequest(String kind, String detail) {
        return new Problem(400, kind, "The request is not valid", detail, List.of());
    }

    static Problem invalid(String detail, List<Flaw> flaws) {
        return new Problem(400, "invalid-events", "The request is not valid", detail, flaws);
    }

    static Problem unauthorized(String detail) {
        return new Problem(401, "unauthorized", "A token is needed", detail, List.of());
    }

    static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "This is switched off", detail, List.of());
    }

    static Problem notFound(String detail) {
        return new Problem(404, "not-found", "Not found", detail, List.of());
    }

    static Problem tooLarge(String detail) {
        return new Problem(413, "too-large", "The body is too large", detail, List.of());
    }

    static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", "Try again", detail, List.of());
    }

    int status() {
        return status;
    }

    /** Returns the name of the kind, for programs. */
    String kind() {
        return kind;
    }

    String title() {
        return title;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    List<Flaw> flaws() {
        return flaws;
    }
}
