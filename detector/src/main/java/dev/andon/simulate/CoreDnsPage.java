package dev.andon.simulate;

import static dev.andon.simulate.Families.counter;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
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
                "Questions by zone, protocol and type.",
                Families.total(
                        total.responses(), "server", SERVER, "zone", ".", "view", "", "proto", "udp", "type", "A")));
        addCache(families);
        families.add(counter("coredns_panics", "Panics since the start.", Families.total(0)));
        Histograms latency = new Histograms("coredns_dns_request_duration_seconds", "Time to answer, by zone.");
        latency.add(Labels.of("server", SERVER, "view", "", "zone", "."), durations);
        families.add(latency.snapshot());
        families.add(InfoSnapshot.builder()
                .name("coredns_build")
                .help("Always 1; the labels tell the version.")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("goversion", "go1.24.1", "revision", "simulated", "version", "1.12.0"))
                        .build())
                .build());
        families.add(Families.processStart(processStart));
        return new MetricSnapshots(families);
    }

    private void addCache(List<MetricSnapshot> families) {
        long hits = Math.round(CACHE_HITS * total.noError());
        families.add(counter(
                "coredns_cache_served_stale",
                "Answers served from the cache after they had expired.",
                Families.total(total.stale(), "server", SERVER, "zones", ".", "view", "")));
        families.add(counter(
                "coredns_cache_hits",
                "Answers found in the cache.",
                Families.total(hits, "server", SERVER, "type", "success", "zones", ".", "view", ""),
                Families.total(total.noSuchName(), "server", SERVER, "type", "denial", "zones", ".", "view", "")));
        families.add(counter(
                "coredns_cache_misses",
                "Answers not found in the cache.",
                Families.total(total.noError() - hits, "server", SERVER, "zones", ".", "view", "")));
    }

    /** Names of the cluster are answered by one plugin, the others are forwarded. */
    private MetricSnapshot responses() {
        long local = Math.round(IN_CLUSTER * total.noError());
        return counter(
                "coredns_dns_responses",
                "Answers by their code.",
                response("NOERROR", "kubernetes", local),
                response("NOERROR", "forward", total.noError() - local),
                response("NXDOMAIN", "kubernetes", total.noSuchName()),
                response("SERVFAIL", "kubernetes", total.failed()));
    }

    private static CounterDataPointSnapshot response(String rcode, String plugin, long count) {
        return Families.total(count, "server", SERVER, "zone", ".", "view", "", "rcode", rcode, "plugin", plugin);
    }
}
