package dev.andon.connect.exposition;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A page of the size and shape that an idle kube-apiserver serves: 3 MB, mostly histograms that nobody asked for. */
public final class SyntheticApiserver {
    public static final double START_SECONDS = 1_782_468_730.27;

    private static final double[] BOUNDS = {
        0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60, Double.POSITIVE_INFINITY
    };
    private static final List<String> VERBS =
            List.of("GET", "LIST", "POST", "PUT", "PATCH", "DELETE", "APPLY", "WATCH", "CONNECT");
    private static final int RESOURCES = 18;
    private static final int UNWANTED_FAMILIES = 7;

    private SyntheticApiserver() {}

    /**
     * @param seed decides every count on the page
     * @param factor multiplies the counts: a later scrape of the same server has the same seed and a larger factor
     */
    public static MetricSnapshots page(long seed, int factor) {
        var random = new Random(seed);
        var families = new ArrayList<MetricSnapshot>();
        families.add(new GaugeSnapshot(
                metadata("process_start_time_seconds"),
                List.of(new GaugeDataPointSnapshot(START_SECONDS, Labels.EMPTY, null))));
        families.add(histogram("apiserver_request_sli_duration_seconds", random, factor));
        families.add(histogram("apiserver_request_duration_seconds", random, factor));
        families.add(requests(random, factor));
        for (int i = 0; i < UNWANTED_FAMILIES; i++) {
            families.add(histogram("etcd_request_duration_" + i + "_seconds", random, factor));
        }
        return new MetricSnapshots(families);
    }

    private static HistogramSnapshot histogram(String name, Random random, int factor) {
        var series = new ArrayList<HistogramDataPointSnapshot>();
        for (Labels labels : seriesLabels()) {
            var counts = new long[BOUNDS.length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (long) factor * random.nextInt(1 << (20 - Math.min(19, i)));
            }
            series.add(HistogramDataPointSnapshot.builder()
                    .labels(labels)
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(BOUNDS, counts))
                    .sum(factor * random.nextInt(1_000_000) / 1024.0)
                    .build());
        }
        return new HistogramSnapshot(metadata(name), series);
    }

    private static CounterSnapshot requests(Random random, int factor) {
        var series = new ArrayList<CounterDataPointSnapshot>();
        for (Labels labels : seriesLabels()) {
            for (String code : List.of("200", "404")) {
                series.add(new CounterDataPointSnapshot(
                        (double) factor * random.nextInt(100_000), labels.add("code", code), null, 0));
            }
        }
        return new CounterSnapshot(metadata("apiserver_request"), series);
    }

    private static List<Labels> seriesLabels() {
        var all = new ArrayList<Labels>();
        for (String verb : VERBS) {
            for (int i = 0; i < RESOURCES; i++) {
                all.add(Labels.of(
                        "component",
                        "apiserver",
                        "group",
                        "group-" + i % 4 + ".example.org",
                        "resource",
                        "resources-" + i,
                        "scope",
                        verb.equals("LIST") ? "cluster" : "resource",
                        "subresource",
                        i % 5 == 0 ? "status" : "",
                        "verb",
                        verb,
                        "version",
                        "v1"));
            }
        }
        return all;
    }

    private static MetricMetadata metadata(String name) {
        return new MetricMetadata(name, "Synthetic.");
    }
}
