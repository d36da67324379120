package dev.andon.domain;

import java.time.Instant;

/**
 * One series that changed: the reason shown.
 *
 * @param series e.g. {@code apiserver/LIST/latency}
 * @param before level before the onset, in {@code unit}
 * @param after level since the onset, in {@code unit}
 * @param unit UCUM code: {@code s} for latency, {@code 1} for a ratio
 * @param onset first instant of the new regime
 * @param falseAlarmProbability bound on the probability of evidence this strong when nothing changed, in [0, 1]
 * @param samples samples since the onset behind {@code after}
 */
public record Evidence(
        String series,
        Kind kind,
        double before,
        double after,
        String unit,
        Instant onset,
        double falseAlarmProbability,
        long samples) {
    /** What kind of change it is. */
    public enum Kind {
        /** The level of the series moved. */
        SHIFT,
        /** Only the slow end of a latency distribution moved. */
        TAIL,
        /** The share of failed answers moved. */
        ERRORS,
        /** Telemetry that was there has vanished. */
        SILENCE,
        /** The level that the measured slope leads to. */
        FORECAST
    }

    public Evidence {
        if (!(falseAlarmProbability >= 0 && falseAlarmProbability <= 1)) {
            throw new IllegalArgumentException(
                    "falseAlarmProbability must be in [0, 1] but was " + falseAlarmProbability);
        }
    }

    /** @return {@code after / before}, at least 0; infinite when there was nothing before */
    public double ratio() {
        return before > 0 ? after / before : Double.POSITIVE_INFINITY;
    }
}
