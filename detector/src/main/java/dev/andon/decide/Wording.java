package dev.andon.decide;

import dev.andon.detect.Observations;
import dev.andon.detect.SeriesKind;
import dev.andon.domain.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Sentences that a tired engineer understands. Every number in them has a unit. */
public final class Wording {
    private Wording() {}

    /** E.g. {@code apiserver LIST latency rose from 0.21 s to 4.8 s (x23)}. */
    public static String change(Evidence evidence) {
        String verb = evidence.after() >= evidence.before() ? "rose" : "fell";
        return name(evidence.series()) + " " + verb + " from " + quantity(evidence.before(), evidence.unit()) + " to "
                + quantity(evidence.after(), evidence.unit()) + times(evidence);
    }

    /** E.g. {@code apiserver LIST (cluster) mean latency}; a series of unknown form is named as it is. */
    public static String name(String series) {
        String[] parts = series.split("/", -1);
        if (parts.length >= 3 && parts[0].equals("apiserver")) {
            String scope = parts.length == 4 ? " (" + parts[2] + ")" : "";
            if (Observations.kindOf(series) == SeriesKind.SLOW) {
                return "share of unusually slow apiserver " + parts[1] + scope + " requests";
            }
            return "apiserver " + parts[1] + scope + " mean " + parts[parts.length - 1];
        }
        if (series.equals("apiserver/errors")) return "share of apiserver requests refused or failed (429, 5xx)";
        if (parts.length == 3 && parts[0].equals("dns")) {
            String what = parts[2].equals("errors") ? "failed" : parts[2].equals("stale") ? "stale" : "NXDOMAIN";
            return "share of " + what + " DNS answers (" + parts[1].toLowerCase(Locale.ROOT) + " view)";
        }
        return series;
    }

    private static String times(Evidence evidence) {
        double ratio = evidence.ratio();
        return Double.isFinite(ratio) && ratio >= 1.05 ? " (x" + rounded(ratio) + ")" : "";
    }

    public static String quantity(double value, String unit) {
        return switch (unit) {
            case "1" -> rounded(100 * value) + " %";
            case "s" -> value < 0.1 ? rounded(1_000 * value) + " ms" : rounded(value) + " s";
            case "" -> rounded(value);
            default -> rounded(value) + " " + unit;
        };
    }

    /** Two significant digits, no exponent. */
    static String rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) return value == 0 ? "0" : Double.toString(value);
        int digits = Math.max(0, 1 - (int) Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f", value);
    }

    public static String duration(Duration duration) {
        long seconds = Math.round(duration.abs().toMillis() / 1e3);
        if (seconds < 120) return seconds + " s";
        return seconds < 7_200 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 3_600.0) + " h";
    }

    /** E.g. {@code 10 s after telemetry-agent-7f3 reached 310 of 3000 nodes}. */
    static String exposure(RolloutExposure exposure, Instant onset) {
        Optional<RolloutExposure.Step> step = exposure.steps().stream()
                .filter(s -> !s.time().isAfter(onset))
                .reduce((a, b) -> b)
                .or(() -> exposure.steps().stream().findFirst());
        if (step.isEmpty()) return "during " + exposure.rolloutId();
        String when = step.get().time().isAfter(onset)
                ? "as "
                : duration(Duration.between(step.get().time(), onset)) + " after ";
        String places = exposure.workload().kind().equals("DaemonSet") ? " nodes" : " places";
        // A source that does not know the total says 0.
        String total = step.get().total() == 0 ? "" : " of " + step.get().total();
        return when + exposure.rolloutId() + " reached " + step.get().updated() + total + places;
    }
}
