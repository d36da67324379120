package dev.andon.cli;

import dev.andon.decide.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers as people read them on a screen. */
final class Quantities {
    private Quantities() {}

    /** E.g. {@code 75 ms} or {@code 2.9 s}. */
    static String seconds(double seconds) {
        return Wording.quantity(seconds, "s");
    }

    /** E.g. {@code 8.5 %}, with one digit after the point. */
    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    /** E.g. {@code 240} or {@code 1.2k}. */
    static String perSecond(double rate) {
        return rate < 1_000
                ? String.format(Locale.ROOT, "%.0f", rate)
                : String.format(Locale.ROOT, "%.1fk", rate / 1_000);
    }

    /** Minutes and seconds, e.g. {@code 01:25}. */
    static String clock(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
    }

    static String clock(Instant begin, Instant time) {
        return clock(Duration.between(begin, time));
    }
}
