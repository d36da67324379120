package dev.andon.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Quantities as a report writes them. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    /** E.g. {@code 12 s}, {@code 4 min 10 s}, {@code 3 h 5 min}, {@code 31 d 2 h}. */
    static String duration(Duration duration) {
        String sign = duration.isNegative() ? "-" : "";
        long seconds = Math.round(Math.abs(duration.toMillis()) / 1_000.0);
        if (seconds < 120) return sign + seconds + " s";
        if (seconds < 7_200) return sign + pair(seconds / 60, "min", seconds % 60, "s");
        if (seconds < 172_800) return sign + pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
        return sign + pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** @param sorted shortest first */
    static Optional<Duration> median(List<Duration> sorted) {
        if (sorted.isEmpty()) return Optional.empty();
        Duration lower = sorted.get((sorted.size() - 1) / 2);
        return Optional.of(lower.plus(sorted.get(sorted.size() / 2)).dividedBy(2));
    }

    /** @param sorted smallest first */
    static Optional<Double> medianShare(List<Double> sorted) {
        if (sorted.isEmpty()) return Optional.empty();
        return Optional.of((sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2);
    }

    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    static String probability(double probability) {
        return BigDecimal.valueOf(probability).stripTrailingZeros().toPlainString();
    }
}
