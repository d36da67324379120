package dev.andon.quality;

import java.util.Locale;

/**
 * A proportion with its 95 % interval (Wilson 1927), which is honest for none or few of many too.
 *
 * @param hits of {@code of}
 */
record Interval(long hits, long of) {
    private static final double Z = 1.96;

    double share() {
        return of == 0 ? Double.NaN : (double) hits / of;
    }

    double lower() {
        return Math.max(0, centre() - half());
    }

    double upper() {
        return Math.min(1, centre() + half());
    }

    private double centre() {
        return (share() + Z * Z / (2.0 * of)) / (1 + Z * Z / of);
    }

    private double half() {
        double variance = share() * (1 - share()) / of + Z * Z / (4.0 * of * of);
        return Z * Math.sqrt(variance) / (1 + Z * Z / of);
    }

    @Override
    public String toString() {
        if (of == 0) return "-";
        return String.format(Locale.ROOT, "%d of %d (%.4f, %.4f to %.4f)", hits, of, share(), lower(), upper());
    }
}
