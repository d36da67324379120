package dev.andon.http.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them, with their units. Times are UTC: reports are read elsewhere and later. */
final class Figures {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    static String moment(Instant time) {
        return MOMENT.format(time);
    }

    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    static String seconds(double value) {
        if (value == 0) return "0 s";
        if (value < 1e-3) return two(value * 1e6) + " µs";
        return value < 0.1 ? two(value * 1e3) + " ms" : two(value) + " s";
    }

    static String percent(double ratio) {
        return String.format(Locale.ROOT, ratio > 0 && ratio < 0.1 ? "%.1f %%" : "%.0f %%", ratio * 100);
    }

    /** @param unit a UCUM code */
    static String level(double value, String unit) {
        return switch (unit) {
            case "s" -> seconds(value);
            case "1" -> percent(value);
            default -> two(value) + " " + unit;
        };
    }

    static String factor(double before, double after) {
        return before > 0 ? "×" + two(after / before) : "from nothing";
    }

    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) return seconds + " s";
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }

    /** Two significant digits, without an exponent where people do not expect one. */
    private static String two(double value) {
        if (Math.abs(value) >= 10 && Math.abs(value) < 1e7) return String.format(Locale.ROOT, "%.0f", value);
        return String.format(Locale.ROOT, "%.2g", value);
    }
}
