package dev.andon.simulate;

/** How a request ended. */
enum Outcome {
    SUCCESS(""),
    NOT_FOUND("404"),
    CONFLICT("409"),
    REJECTED("429"),
    TIMED_OUT("504");

    private final String code;

    Outcome(String code) {
        this.code = code;
    }

    /** @return the place of this outcome in a tally; never stored */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    /** @return the HTTP status of this outcome for this kind of request */
    String code(RequestClass kind) {
        return this == SUCCESS ? kind.success() : code;
    }
}
