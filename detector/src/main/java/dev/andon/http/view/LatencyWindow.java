package dev.andon.http.view;

import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Adds up the samples of one interval of one cluster, whatever instance and verb they are of. O(buckets) per sample and in
 * memory, so that a fleet of thousands of clusters fits.
 */
final class LatencyWindow {
    /** Open as long as the client likes: their duration says nothing about the server. */
    private static final Set<String> LONG_RUNNING = Set.of("WATCH", "WATCHLIST", "CONNECT", "PROXY");

    private long slot = Long.MIN_VALUE;
    private long intervalMillis = 1;
    private double[] bounds = {};
    private long[] counts = {};
    private double sumSeconds;
    private Optional<LatencyLevel> finished = Optional.empty();
    private long newestMillis;
    private final Trail trail;

    /** @param trail takes in every finished interval: requests per second, mean and 99th percentile in seconds */
    LatencyWindow(Trail trail) {
        this.trail = trail;
    }

    void add(LatencySample sample) {
        if (LONG_RUNNING.contains(sample.verb())) return;
        long length = sample.interval().toMillis();
        long at = Math.floorDiv(sample.time().toEpochMilli(), length);
        if (at < slot && length == intervalMillis) return;
        if (at != slot || length != intervalMillis) begin(at, length);
        newestMillis = Math.max(newestMillis, sample.time().toEpochMilli());
        addCounts(sample.latency());
    }

    /** @return the newest complete interval, or what there is of the first */
    Optional<LatencyLevel> level() {
        return finished.isPresent() ? finished : current();
    }

    private void begin(long newSlot, long newIntervalMillis) {
        current().ifPresent(level -> {
            finished = Optional.of(level);
            trail.add(newestMillis, level.requestsPerSecond(), level.meanSeconds(), level.p99Seconds());
        });
        newestMillis = 0;
        slot = newSlot;
        intervalMillis = newIntervalMillis;
        bounds = new double[0];
        sumSeconds = 0;
    }

    private void addCounts(Histogram histogram) {
        double[] theirs = histogram.upperBounds();
        long[] added = histogram.counts();
        if (bounds.length == 0) {
            bounds = theirs;
            counts = new long[added.length];
        }
        boolean same = Arrays.equals(bounds, theirs);
        double lower = 0;
        double sum = 0;
        for (int i = 0; i < added.length; i++) {
            double upper = i < theirs.length ? theirs[i] : lower;
            counts[same ? i : bucketOf(upper, i == theirs.length)] += added[i];
            sum += added[i] * (lower + upper) / 2;
            lower = upper;
        }
        sumSeconds += histogram.sum().orElse(sum);
    }

    /** Buckets of another source: a count moves to the first bucket of ours that surely holds it. */
    private int bucketOf(double upper, boolean overflow) {
        if (overflow) return bounds.length;
        int found = Arrays.binarySearch(bounds, upper);
        return found >= 0 ? found : -found - 1;
    }

    private Optional<LatencyLevel> current() {
        if (bounds.length == 0) return Optional.empty();
        long total = Arrays.stream(counts).sum();
        if (total == 0) return Optional.empty();
        double perSecond = total * 1000.0 / intervalMillis;
        return Optional.of(new LatencyLevel(perSecond, sumSeconds / total, quantile(0.99, total)));
    }

    private double quantile(double q, long total) {
        double rank = q * total;
        double below = 0;
        double lower = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (counts[i] > 0 && below + counts[i] >= rank) {
                return lower + (bounds[i] - lower) * (rank - below) / counts[i];
            }
            below += counts[i];
            lower = bounds[i];
        }
        return lower;
    }
}
