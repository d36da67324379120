package dev.andon.report;

import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How one cluster fared, in bins of time: what the charts of a report show. */
final class ClusterCourse {
    private static final Set<String> LONG_RUNNING = Set.of("WATCH", "WATCHLIST", "CONNECT", "PROXY");
    private static final Set<String> DNS_ANSWERED = Set.of("NOERROR", "NXDOMAIN");
    private static final double SLOW_END = 0.99;

    private final long binMillis;
    private final Series times = new Series();
    private final Series p99Seconds = new Series();
    private final Series dnsErrorShares = new Series();
    private final Map<Double, Long> open = new TreeMap<>();
    /** Of the last histogram; nearly all have the same, and to count in it is quick. */
    private double[] layout = {};

    private long[] counts = {};
    private double dnsAsked;
    private double dnsFailed;
    private long bin = -1;

    ClusterCourse(Duration bin) {
        this.binMillis = bin.toMillis();
    }

    void accept(LatencySample sample) {
        if (LONG_RUNNING.contains(sample.verb())) return;
        move(sample.time());
        Histogram histogram = sample.latency();
        if (!Arrays.equals(layout, histogram.upperBounds())) {
            spread();
            layout = histogram.upperBounds();
            counts = new long[layout.length + 1];
        }
        for (int i = 0; i < counts.length; i++) counts[i] += histogram.counts()[i];
    }

    /** Moves what was counted in one layout to the buckets of all. */
    private void spread() {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) continue;
            boolean overflow = i == layout.length;
            open.merge(layout[overflow ? i - 1 : i], counts[i], Long::sum);
            counts[i] = 0;
        }
    }

    void accept(DnsSample sample) {
        move(sample.time());
        dnsAsked += (double) sample.responses() + sample.timeouts();
        dnsFailed += sample.timeouts();
        sample.rcodes().forEach((rcode, count) -> {
            if (!DNS_ANSWERED.contains(rcode)) dnsFailed += count;
        });
    }

    private void move(Instant time) {
        long now = Math.floorDiv(time.toEpochMilli(), binMillis);
        if (now <= bin) return;
        close();
        bin = now;
    }

    private void close() {
        if (bin < 0) return;
        spread();
        times.add((double) (bin + 1) * binMillis);
        p99Seconds.add(p99());
        dnsErrorShares.add(dnsAsked > 0 ? dnsFailed / dnsAsked : Double.NaN);
        open.clear();
        dnsAsked = 0;
        dnsFailed = 0;
    }

    private double p99() {
        long total = 0;
        for (long count : open.values()) total += count;
        long seen = 0;
        double lower = 0;
        for (Map.Entry<Double, Long> bucket : open.entrySet()) {
            double before = SLOW_END * total - seen;
            seen += bucket.getValue();
            if (seen >= SLOW_END * total) {
                return lower + (bucket.getKey() - lower) * before / bucket.getValue();
            }
            lower = bucket.getKey();
        }
        return Double.NaN;
    }

    /** Call once, at the end. */
    void finish() {
        close();
        bin = Long.MAX_VALUE;
    }

    /** A window of it; times in milliseconds since the epoch, NaN where there was nothing. */
    Line latency(Instant from, Instant to, int mostPoints) {
        return line(p99Seconds, from, to, mostPoints);
    }

    Line dnsErrors(Instant from, Instant to, int mostPoints) {
        return line(dnsErrorShares, from, to, mostPoints);
    }

    private Line line(Series values, Instant from, Instant to, int mostPoints) {
        int begin = times.firstFrom((double) from.toEpochMilli());
        int end = times.firstFrom(to.toEpochMilli() + 1.0);
        int stride = Math.max(1, (end - begin + mostPoints - 1) / mostPoints);
        Line line = new Line();
        for (int i = begin; i < end; i += stride) {
            double worst = Double.NaN;
            for (int j = i; j < Math.min(end, i + stride); j++) {
                double value = values.get(j);
                if (Double.isNaN(worst) || value > worst) worst = value;
            }
            line.add(times.get(i), worst);
        }
        return line;
    }
}
