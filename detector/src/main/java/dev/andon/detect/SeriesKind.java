package dev.andon.detect;

import dev.andon.domain.Evidence;

/** What kind of data a series holds: each has its own test and its own idea of an effect that matters. */
public enum SeriesKind {
    /** Mean latency per tick; values are natural logarithms of seconds. */
    LATENCY("s", Evidence.Kind.SHIFT),
    /** Failed requests or answers of a total. */
    ERRORS("1", Evidence.Kind.ERRORS),
    /** Requests of all that were slower than hardly any is usually. */
    SLOW("1", Evidence.Kind.SHIFT),
    /** A user's number that gets worse as it rises. */
    NUMBER_HIGHER("", Evidence.Kind.SHIFT),
    /** A user's number that gets worse as it falls. */
    NUMBER_LOWER("", Evidence.Kind.SHIFT),
    /** A user's number that is worse wherever it moves. */
    NUMBER_EITHER("", Evidence.Kind.SHIFT);

    private final String unit;
    private final Evidence.Kind evidence;

    SeriesKind(String unit, Evidence.Kind evidence) {
        this.unit = unit;
        this.evidence = evidence;
    }

    /** @return whether values are events of a total */
    boolean isShare() {
        return this == ERRORS || this == SLOW;
    }

    public String unit() {
        return unit;
    }

    public Evidence.Kind evidence() {
        return evidence;
    }
}
