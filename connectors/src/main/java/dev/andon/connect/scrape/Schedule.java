package dev.andon.connect.scrape;

import java.time.Duration;

/**
 * When a target is scraped next. Pure; times are nanoseconds on one monotonic clock.
 *
 * <p>A target that fails is asked again after 1, 2, 4 and at most {@value #MAX_FACTOR} intervals. One that answers
 * slowly gets a pause at least as long as its answer took, so that it never spends more than half its time on us.
 *
 * @param dueNanos when to scrape
 * @param failures in a row, {@code >= 0}
 */
record Schedule(long dueNanos, int failures) {
    static final int MAX_FACTOR = 8;

    /** Share of the pause after a failure by which it may be longer, so that targets which fell together come apart. */
    static final double MAX_JITTER = 0.2;

    /** @param offset spreads the targets over the interval, in [0, 1) */
    static Schedule first(long nowNanos, Duration interval, double offset) {
        return new Schedule(nowNanos + (long) (offset * interval.toNanos()), 0);
    }

    Schedule afterSuccess(long startNanos, long endNanos, Duration interval) {
        long pause = Math.max(interval.toNanos(), 2 * (endNanos - startNanos));
        return new Schedule(startNanos + pause, 0);
    }

    /** @param jitter in [0, 1) */
    Schedule afterFailure(long startNanos, Duration interval, double jitter) {
        long factor = Math.min(MAX_FACTOR, 1L << Math.min(failures, 30));
        double stretched = factor * interval.toNanos() * (1 + (factor > 1 ? MAX_JITTER * jitter : 0));
        return new Schedule(startNanos + (long) stretched, failures + 1);
    }
}
