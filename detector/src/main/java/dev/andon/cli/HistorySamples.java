package dev.andon.cli;

import dev.andon.cli.PrometheusHistory.Totals;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Turns running totals of a Prometheus server into the samples that a scrape would have given, a step apart. */
final class HistorySamples {
    private static final String LONG_RUNNING = "verb!~\"WATCH|WATCHLIST|CONNECT|PROXY\"";

    private final PrometheusHistory prometheus;
    private final String label;
    private final Optional<String> cluster;
    private final Duration step;

    /**
     * @param label that names the cluster
     * @param cluster name where there is no such label
     */
    HistorySamples(PrometheusHistory prometheus, String label, Optional<String> cluster, Duration step) {
        this.prometheus = prometheus;
        this.label = label;
        this.cluster = cluster;
        this.step = step;
    }

    /** @return samples of {@code (from, to]}, in no order */
    List<Input> between(Instant from, Instant to) {
        List<Input> samples = new ArrayList<>();
        latencies(samples, from, to);
        dns(samples, from, to);
        return samples;
    }

    /** What one instance answered to one verb in one scope. */
    private static final class Requests {
        private final TreeMap<Double, Totals> buckets = new TreeMap<>();
        private final Map<String, Totals> codes = new HashMap<>();
        private Optional<Totals> sum = Optional.empty();
    }

    private void latencies(List<Input> samples, Instant from, Instant to) {
        String by = "sum by (" + label + ", instance, verb, scope";
        Map<List<String>, Requests> all = new HashMap<>();
        for (Totals bucket : prometheus.range(
                by + ", le) (apiserver_request_duration_seconds_bucket{" + LONG_RUNNING + "})", from, to)) {
            String bound = bucket.labels().getOrDefault("le", "+Inf");
            requests(all, bucket)
                    .buckets
                    .put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), bucket);
        }
        for (Totals sum :
                prometheus.range(by + ") (apiserver_request_duration_seconds_sum{" + LONG_RUNNING + "})", from, to)) {
            requests(all, sum).sum = Optional.of(sum);
        }
        for (Totals code : prometheus.range(by + ", code) (apiserver_request_total{" + LONG_RUNNING + "})", from, to)) {
            requests(all, code).codes.put(code.labels().getOrDefault("code", ""), code);
        }
        int steps = (int) Duration.between(from, to).dividedBy(step);
        all.forEach((key, requests) -> {
            for (int i = 1; i <= steps; i++) {
                latency(key, requests, i, from.plus(step.multipliedBy(i))).ifPresent(samples::add);
            }
        });
    }

    private Requests requests(Map<List<String>, Requests> all, Totals of) {
        List<String> key = List.of(
                cluster(of),
                of.labels().getOrDefault("instance", "all"),
                of.labels().getOrDefault("verb", "").toUpperCase(Locale.ROOT),
                of.labels().getOrDefault("scope", ""));
        return all.computeIfAbsent(key, name -> new Requests());
    }

    private String cluster(Totals of) {
        return Optional.ofNullable(of.labels().get(label))
                .or(() -> cluster)
                .orElseThrow(() -> CommandException.badInput("series of the server have no label \"" + label
                        + "\" that names their cluster; name the label with --cluster-label, or the only cluster with"
                        + " --cluster"));
    }

    private Optional<Input> latency(List<String> key, Requests requests, int index, Instant time) {
        int size = requests.buckets.size();
        if (size < 2 || key.get(2).isEmpty()) return Optional.empty();
        double[] bounds = new double[size - 1];
        long[] counts = new long[size];
        double below = 0;
        int place = 0;
        for (Map.Entry<Double, Totals> bucket : requests.buckets.entrySet()) {
            double upTo = bucket.getValue().more(index);
            if (Double.isNaN(upTo)) return Optional.empty();
            if (place < size - 1) bounds[place] = bucket.getKey();
            counts[place++] = Math.max(0, Math.round(upTo - below));
            below = upTo;
        }
        Map<String, Long> codes = new TreeMap<>();
        requests.codes.forEach((code, totals) -> {
            double more = totals.more(index);
            if (more > 0) codes.put(code, Math.round(more));
        });
        double seconds = requests.sum.map(sum -> sum.more(index)).orElse(Double.NaN);
        return Optional.of(new LatencySample(
                time,
                key.get(0),
                key.get(1),
                key.get(2),
                Optional.of(key.get(3)).filter(scope -> !scope.isEmpty()),
                step,
                new Histogram(
                        bounds, counts, Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds)),
                codes,
                Optional.empty()));
    }

    private void dns(List<Input> samples, Instant from, Instant to) {
        Map<List<String>, Map<String, Totals>> servers = new HashMap<>();
        for (Totals answers :
                prometheus.range("sum by (" + label + ", instance, rcode) (coredns_dns_responses_total)", from, to)) {
            List<String> key = List.of(cluster(answers), answers.labels().getOrDefault("instance", "all"));
            servers.computeIfAbsent(key, name -> new TreeMap<>())
                    .put(answers.labels().getOrDefault("rcode", "NOERROR"), answers);
        }
        int steps = (int) Duration.between(from, to).dividedBy(step);
        servers.forEach((key, rcodes) -> {
            for (int i = 1; i <= steps; i++) {
                Map<String, Long> counts = new TreeMap<>();
                for (Map.Entry<String, Totals> rcode : rcodes.entrySet()) {
                    double more = rcode.getValue().more(i);
                    if (!Double.isNaN(more)) counts.put(rcode.getKey(), Math.round(more));
                }
                if (counts.isEmpty()) continue;
                long responses =
                        counts.values().stream().mapToLong(Long::longValue).sum();
                Instant time = from.plus(step.multipliedBy(i));
                samples.add(new DnsSample(
                        time, key.get(0), key.get(1), DnsSample.View.SERVER, step, responses, counts, 0, 0));
            }
        });
    }
}
