package dev.andon.simulate;

import dev.andon.simulate.ApiserverRows.Row;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The running totals of one apiserver process, as its {@code /metrics} page shows them. Not thread-safe.
 *
 * <p>The two families of latency agree: simulated requests spend their time on the processor, not in the queues of
 * priority and fairness, which {@code apiserver_request_sli_duration_seconds} would leave out.
 */
final class ApiserverPage {
    private static final Row POD = new Row("", "v1", "pods", "", 1);
    private static final Row LIVEZ = new Row("", "", "", "/livez", 1);
    private static final double WATCHES_ENDED_PER_SECOND = 0.2;

    private final Instant processStart;
    private final Map<Series, Tally> tallies = new LinkedHashMap<>();
    private final Tally watches = new Tally(Buckets.APISERVER);
    private final Tally probes = new Tally(Buckets.APISERVER);

    private record Series(RequestClass kind, Row row) {}

    /** @param processStart real time at which the process began; its counters begin at zero */
    ApiserverPage(Instant processStart) {
        this.processStart = processStart;
        for (RequestClass kind : RequestClass.all()) {
            for (Row row : ApiserverRows.of(kind)) tallies.put(new Series(kind, row), new Tally(Buckets.APISERVER));
        }
    }

    /** Adds what was served in a tick. */
    void count(Draw draw, Served served) {
        List<Row> rows = ApiserverRows.of(served.kind());
        if (!served.client().equals(Outcomes.ordinaryClient(served.kind()))) {
            tally(served.kind(), rows.get(0)).add(served.tally());
            return;
        }
        Tally left = new Tally(Buckets.APISERVER);
        left.add(served.tally());
        double shareLeft = 1;
        for (Row row : rows) {
            Tally part = left.take(draw, Math.min(1, row.share() / shareLeft));
            tally(served.kind(), row).add(part);
            shareLeft = Math.max(1e-9, shareLeft - row.share());
        }
    }

    private Tally tally(RequestClass kind, Row row) {
        return tallies.computeIfAbsent(new Series(kind, row), key -> new Tally(Buckets.APISERVER));
    }

    /** Adds what every apiserver does beside: watches that end, and probes of its health. */
    void countSideline(Draw draw, double seconds) {
        long ended = draw.poisson(WATCHES_ENDED_PER_SECOND * seconds);
        Latencies.alike(watches, draw, ended, 420, 0, 0.3);
        watches.ended(Outcome.SUCCESS, ended);
        long asked = draw.poisson(0.5 * seconds);
        Latencies.alike(probes, draw, asked, 0.002, 0, 0.5);
        probes.ended(Outcome.SUCCESS, asked);
    }

    MetricSnapshots snapshot() {
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(durations("apiserver_request_duration_seconds", "Time to answer, by verb, resource and scope."));
        families.add(durations(
                "apiserver_request_sli_duration_seconds",
                "The same without webhooks and the queues of priority and fairness."));
        families.add(requests());
        families.add(Families.processStart(processStart));
        return new MetricSnapshots(families);
    }

    private MetricSnapshot durations(String name, String help) {
        Histograms family = new Histograms(name, help);
        tallies.forEach((series, tally) -> {
            if (tally.total() > 0)
                family.add(labels(series.kind().verb(), series.kind().scope(), series.row()), tally);
        });
        if (watches.total() > 0) family.add(labels("WATCH", "cluster", POD), watches);
        if (probes.total() > 0) family.add(labels("GET", "", LIVEZ), probes);
        return family.snapshot();
    }

    private static Labels labels(String verb, String scope, Row row) {
        return Labels.of(
                "component",
                scope.isEmpty() ? "" : "apiserver",
                "dry_run",
                "",
                "group",
                row.group(),
                "resource",
                row.resource(),
                "scope",
                scope,
                "subresource",
                row.subresource(),
                "verb",
                verb,
                "version",
                row.version());
    }

    private MetricSnapshot requests() {
        CounterSnapshot.Builder family = CounterSnapshot.builder()
                .name("apiserver_request")
                .help("Requests by verb, resource, scope and status code.");
        tallies.forEach((series, tally) -> {
            for (Outcome outcome : Outcome.values()) {
                if (tally.ended(outcome) == 0) continue;
                Labels labels = labels(series.kind().verb(), series.kind().scope(), series.row());
                family.dataPoint(count(labels, outcome.code(series.kind()), tally.ended(outcome)));
            }
        });
        if (watches.total() > 0) family.dataPoint(count(labels("WATCH", "cluster", POD), "200", watches.total()));
        if (probes.total() > 0) family.dataPoint(count(labels("GET", "", LIVEZ), "200", probes.total()));
        return family.build();
    }

    private static CounterDataPointSnapshot count(Labels labels, String code, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(labels.add("code", code))
                .value((double) value)
                .build();
    }
}
