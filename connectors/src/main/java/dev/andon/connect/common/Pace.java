package dev.andon.connect.common;

import java.time.Duration;

/**
 * How many requests a receiver takes.
 *
 * @param requests in each period, 1 or more
 * @param period above 0
 */
public record Pace(int requests, Duration period) {
    /** No limit that could ever be reached. */
    public static final Pace UNLIMITED = new Pace(Integer.MAX_VALUE, Duration.ofMillis(1));

    public Pace {
        if (requests < 1 || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException(
                    "a pace must allow at least 1 request in a time above 0 but was " + requests + " in " + period);
        }
    }
}
