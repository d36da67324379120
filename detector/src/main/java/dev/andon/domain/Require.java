package dev.andon.domain;

import java.time.Duration;
import java.util.Map;

/** The checks that the constructors of inputs share. Each says the field, the value seen and the rule. */
final class Require {
    /** Names longer than this are an attack or a mistake. Kubernetes allows 253 for a name. */
    static final int MAX_NAME_LENGTH = 1_024;

    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    private Require() {}

    static String name(String field, String value) {
        if (value.isBlank()) throw new InvalidInput(RejectReason.MISSING_FIELD, field + " must not be empty");
        if (value.length() > MAX_NAME_LENGTH) {
            throw new InvalidInput(
                    RejectReason.OUT_OF_RANGE,
                    field + " must have at most " + MAX_NAME_LENGTH + " characters but has " + value.length());
        }
        return value;
    }

    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidInput(RejectReason.NOT_FINITE, field + " must be finite but was " + value);
        }
        return value;
    }

    static long notNegative(String field, long value) {
        if (value < 0) throw negative(field, value);
        return value;
    }

    /** @return the sum of {@code counts}, none of which may be negative */
    static long counts(String field, Map<String, Long> counts) {
        long sum = 0;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            long count = entry.getValue();
            if (count < 0) throw negative(field + "[" + entry.getKey() + "]", count);
            sum += count;
        }
        return sum;
    }

    private static InvalidInput negative(String field, long value) {
        return new InvalidInput(RejectReason.OUT_OF_RANGE, field + " must be >= 0 but was " + value);
    }

    static Duration interval(Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(LONGEST_INTERVAL) > 0) {
            throw new InvalidInput(
                    RejectReason.OUT_OF_RANGE,
                    "intervalMillis must be between 1 and 86400000 but was " + value.toMillis());
        }
        return value;
    }
}
