package dev.andon.simulate;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The running totals of one CoreDNS process, as its {@code /metrics} page shows them. Not thread-safe. */
final class CoreDnsPage {
    private static final String SERVER = "dns://:53";
    private static final double IN_CLUSTER = 0.8;
    private static final double CACHE_HITS = 0.7;

    private final Instant processStart;
    private final Tally durations = new Tally(Buckets.COREDNS);
    private Answered total;

    CoreDnsPage(Instant processStart, Answered none) {
        this.processStart = processStart;
        this.total = none;
    }

    void count(Draw draw, Answered answered) {
        total = Answered.plus(total, answered);
        Latencies.alike(durations, draw, answered.responses(), 0.0006, 0, 2);
    }

    MetricSnapshots snapshot() {
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(responses());
        families.add(counter(
                "coredns_dns_requests",
                "Counter of DNS requests made per zone, protocol and family.",
                point(
                        total.responses(),
                        "server",
                        SERVER,
                        "zone",
                        ".",
                        "view",
                        "",
                        "proto",
                        "udp",
                        "family",
                        "1",
                        "type",
                        "A")));
        families.add(counter(
                "coredns_cache_served_stale",
                "The number of requests served from stale cache entries.",
                point(total.stale(), "server", SERVER, "zones", ".", "view", "")));
        long hits = Math.round(CACHE_HITS * total.noError());
        families.add(counter(
                "coredns_cache_hits",
                "The count of cache hits.",
                point(hits, "server", SERVER, "type", "success", "zones", ".", "view", ""),
                point(total.noSuchName(), "server", SERVER, "type", "denial", "zones", ".", "view", "")));
        families.add(counter(
                "coredns_cache_misses",
                "The count of cache misses.",
                point(total.noError() - hits, "server", SERVER, "zones", ".", "view", "")));
        families.add(counter("coredns_panics", "A metrics that counts the number of panics.", point(0)));
        Histograms latency = new Histograms(
                "coredns_dns_request_duration_seconds",
                "Histogram of the time (in seconds) each request took per zone.");
        latency.add(Labels.of("server", SERVER, "view", "", "zone", "."), durations);
        families.add(latency.snapshot());
        families.add(InfoSnapshot.builder()
                .name("coredns_build")
                .help("A metric with a constant '1' value labeled by version, revision, and goversion.")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("goversion", "go1.24.1", "revision", "simulated", "version", "1.12.0"))
                        .build())
                .build());
        families.add(GaugeSnapshot.builder()
                .name("process_start_time_seconds")
                .help("Start time of the process since unix epoch in seconds.")
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(processStart.toEpochMilli() / 1e3)
                        .build())
                .build());
        return new MetricSnapshots(families);
    }

    /** Names of the cluster are answered by one plugin, the others are forwarded. */
    private MetricSnapshot responses() {
        long local = Math.round(IN_CLUSTER * total.noError());
        return counter(
                "coredns_dns_responses",
                "Counter of response status codes.",
                response("NOERROR", "kubernetes", local),
                response("NOERROR", "forward", total.noError() - local),
                response("NXDOMAIN", "kubernetes", total.noSuchName()),
                response("SERVFAIL", "kubernetes", total.failed()));
    }

    private static CounterDataPointSnapshot response(String rcode, String plugin, long count) {
        return point(count, "server", SERVER, "zone", ".", "view", "", "rcode", rcode, "plugin", plugin);
    }

    private static CounterDataPointSnapshot point(long value, String... labels) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value((double) value)
                .build();
    }

    private static MetricSnapshot counter(String name, String help, CounterDataPointSnapshot... points) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        for (CounterDataPointSnapshot point : points) family.dataPoint(point);
        return family.build();
    }
}
