package dev.andon.http.view;

/**
 * How quickly the apiservers of one cluster answered in one interval, all ordinary verbs together.
 *
 * @param requestsPerSecond {@code >= 0}
 * @param meanSeconds {@code >= 0}
 * @param p99Seconds 99th percentile, interpolated in its bucket; {@code >= 0}
 */
public record LatencyLevel(double requestsPerSecond, double meanSeconds, double p99Seconds) {}
