package dev.andon.quality;

import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a metrics server knows of one cluster: requests and look-ups per sampling interval, all sources together. */
final class Seen {
    /** One interval, or several together. */
    static final class Counts {
        private double[] bounds = {};
        private double[] latencies = {0};
        private double seconds;
        private double requests;
        private double codes;
        private double refused;
        private double tooSlow;
        private double answers;
        private double servfail;
        private double lost;

        private void add(LatencySample sample) {
            double[] upper = sample.latency().upperBounds();
            long[] counts = sample.latency().counts();
            histogram(upper);
            for (int i = 0; i < counts.length; i++) {
                latencies[i] += counts[i];
                double middle = i < upper.length ? (upper[i] + (i == 0 ? 0 : upper[i - 1])) / 2 : upper[i - 1];
                if (sample.latency().sum().isEmpty()) seconds += counts[i] * middle;
                if (i > 0 && upper[i - 1] >= limit(sample)) tooSlow += counts[i];
            }
            seconds += sample.latency().sum().orElse(0);
            requests += sample.latency().total();
            sample.codes().forEach((code, count) -> {
                codes += count;
                if (code.equals("429") || code.startsWith("5")) refused += count;
            });
        }

        private void add(DnsSample sample) {
            answers += sample.responses();
            servfail += sample.rcodes().getOrDefault("SERVFAIL", 0L);
            lost += sample.timeouts();
        }

        private void add(Counts other) {
            if (other.bounds.length > 0) histogram(other.bounds);
            for (int i = 0; i < other.latencies.length; i++) latencies[i] += other.latencies[i];
            seconds += other.seconds;
            requests += other.requests;
            codes += other.codes;
            refused += other.refused;
            tooSlow += other.tooSlow;
            answers += other.answers;
            servfail += other.servfail;
            lost += other.lost;
        }

        private void histogram(double[] upper) {
            if (bounds.length == 0) {
                bounds = upper;
                latencies = new double[upper.length + 1];
            } else if (!Arrays.equals(bounds, upper)) {
                throw new IllegalStateException("all samples of a scenario must have the same buckets");
            }
        }

        /** Seconds that the API server's objective allows: lists may take longer. */
        private static double limit(LatencySample sample) {
            if (!sample.verb().equals("LIST")) return 1;
            return sample.scope()
                    .map(scope -> scope.equals("cluster") ? 30.0 : 5.0)
                    .orElse(5.0);
        }

        /** As {@code histogram_quantile} of Prometheus has it; 0 where nothing was asked. */
        double p99() {
            double rank = 0.99 * requests;
            double below = 0;
            for (int i = 0; i < bounds.length; i++) {
                if (below + latencies[i] >= rank && latencies[i] > 0) {
                    double lower = i == 0 ? 0 : bounds[i - 1];
                    return lower + (bounds[i] - lower) * (rank - below) / latencies[i];
                }
                below += latencies[i];
            }
            return bounds.length == 0 || requests == 0 ? 0 : bounds[bounds.length - 1];
        }

        double meanSeconds() {
            return requests == 0 ? 0 : seconds / requests;
        }

        /** @return part of all requests that were refused or too slow: what burns the error budget */
        double burn() {
            return requests == 0 ? 0 : (refused + tooSlow) / requests;
        }

        double errorShare() {
            return codes == 0 ? 0 : refused / codes;
        }

        double dnsErrorShare() {
            return answers + lost == 0 ? 0 : (servfail + lost) / (answers + lost);
        }

        double servfailShare() {
            return answers == 0 ? 0 : servfail / answers;
        }
    }

    private final NavigableMap<Instant, Counts> byTime = new TreeMap<>();

    private Seen() {}

    static Seen of(List<Input> inputs, String cluster) {
        Seen seen = new Seen();
        for (Input input : inputs) {
            if (!input.cluster().equals(cluster)) continue;
            if (input instanceof LatencySample sample && !sample.verb().equals("WATCH"))
                seen.at(sample.time()).add(sample);
            // The server's own view, as the rules of kube-prometheus have it, and what workloads see behind it.
            if (input instanceof DnsSample sample && sample.view() != DnsSample.View.PROBE)
                seen.at(sample.time()).add(sample);
        }
        return seen;
    }

    private Counts at(Instant time) {
        return byTime.computeIfAbsent(time, any -> new Counts());
    }

    /** @return everything in the window that ends at {@code now}; what was never sampled is not there */
    Counts last(Duration window, Instant now) {
        Counts sum = new Counts();
        byTime.subMap(now.minus(window), false, now, true).values().forEach(sum::add);
        return sum;
    }

    /** @return the intervals of the window one by one */
    List<Counts> each(Duration window, Instant now) {
        return new ArrayList<>(
                byTime.subMap(now.minus(window), false, now, true).values());
    }

    boolean isEmpty() {
        return byTime.isEmpty();
    }

    Instant start() {
        return byTime.firstKey();
    }

    Instant end() {
        return byTime.lastKey();
    }
}
