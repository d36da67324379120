package dev.andon.domain;

import java.util.Locale;

/** Why an input was refused: a closed list, which is also the label of the metric and of the dead letter. */
public enum RejectReason {
    /** The bytes are not of the expected format. */
    UNREADABLE,
    /** A field that must be there is absent or empty. */
    MISSING_FIELD,
    /** A number is NaN or infinite. */
    NOT_FINITE,
    /** A number or a length lies outside its range. */
    OUT_OF_RANGE,
    /** Fields that must agree do not: bounds not rising, parts larger than their total. */
    INCONSISTENT,
    /** The time lies further in the future than clocks may differ. */
    FROM_THE_FUTURE,
    /** The time is older than what was already judged. */
    TOO_LATE,
    /** The same sample was already seen. */
    DUPLICATE,
    /** A defect of this program: it did not cope with the input, whoever is to blame. */
    DEFECT;

    /** @return the name as a metric label, e.g. {@code from_the_future} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
