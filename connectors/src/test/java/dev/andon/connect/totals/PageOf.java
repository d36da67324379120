package dev.andon.connect.totals;

import dev.andon.connect.exposition.Buckets;
import dev.andon.connect.exposition.Defect;
import dev.andon.connect.exposition.Histogram;
import dev.andon.connect.exposition.Labels;
import dev.andon.connect.exposition.Malformed;
import dev.andon.connect.exposition.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Builds the pages that the trackers are tested with. */
final class PageOf {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final Buckets LAYOUT = Buckets.of(0.1, 1);

    private final Map<String, Map<Labels, Double>> values = new HashMap<>();
    private final Map<String, Map<Labels, Histogram>> histograms = new HashMap<>();
    private final Map<Defect, Malformed> malformed = new HashMap<>();

    static PageOf started(double seconds) {
        return new PageOf().value("process_start_time_seconds", seconds);
    }

    PageOf value(String metric, double value, String... labels) {
        values.computeIfAbsent(metric, name -> new HashMap<>()).put(labels(labels), value);
        return this;
    }

    PageOf requests(String verb, String scope, String code, double total) {
        return value("apiserver_request_total", total, "verb", verb, "scope", scope, "code", code);
    }

    /** Latencies of the metric that is preferred, of one resource. */
    PageOf latency(String verb, String scope, String resource, double sum, long... counts) {
        return latency(ApiserverDeltas.LATENCY, LAYOUT, verb, scope, resource, sum, counts);
    }

    PageOf latency(
            String metric, Buckets layout, String verb, String scope, String resource, double sum, long... counts) {
        histograms
                .computeIfAbsent(metric, name -> new HashMap<>())
                .put(labels("verb", verb, "scope", scope, "resource", resource), Histogram.of(layout, sum, counts));
        return this;
    }

    PageOf damaged() {
        malformed.put(Defect.BAD_VALUE, new Malformed(Defect.BAD_VALUE, 1, 1, "x"));
        return this;
    }

    Page page() {
        return new Page(values, histograms, malformed);
    }

    Scrape at(int second) {
        return new Scrape(T0.plusSeconds(second), page());
    }

    static Labels labels(String... namesAndValues) {
        var labels = new HashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Labels.of(labels);
    }
}
