package dev.andon.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One number of a health series that a user brings.
 *
 * @param series e.g. {@code checkout/latency_p99}
 * @param unit of {@code value}, a UCUM code; may be empty
 * @param worse the direction in which the number gets worse
 * @param workload whose health it is, where known
 */
public record Measurement(
        Instant time,
        String cluster,
        String series,
        double value,
        String unit,
        Worse worse,
        Optional<Workload> workload)
        implements Sample {
    /** The direction in which a number gets worse. */
    public enum Worse {
        HIGHER,
        LOWER,
        EITHER
    }

    public Measurement {
        Require.name("cluster", cluster);
        Require.name("series", series);
        Require.finite("value", value);
    }

    @Override
    public String source() {
        return series;
    }
}
