package dev.andon.connect.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server has counted, the page says the same in every format, and it is what the server had. */
class FormatAgreementTest {
    private static final Wanted WANTED = Wanted.NOTHING.value("requests_total").histogram("latency_seconds");
    private static final List<Double> BOUNDS = List.of(0.005, 0.1, 1.0, 2.5, Double.POSITIVE_INFINITY);

    record Counted(List<Long> buckets, double sum, double requests) {}

    @Property(tries = 300, seed = "20261122")
    void everyFormatSaysTheSame(@ForAll("servers") Map<String, Counted> server) throws UnreadablePageException {
        MetricSnapshots snapshots = snapshots(server);
        Page expected = expected(server);
        for (MetricsPages format : MetricsPages.values()) {
            byte[] body = format.write(snapshots);
            assertThat(new PageReader(WANTED, 10_000_000).read(body, format.contentType(), ""))
                    .as(format::name)
                    .isEqualTo(expected);
            assertThat(new PageReader(WANTED, 10_000_000).read(MetricsPages.gzip(body), format.contentType(), "gzip"))
                    .as(format::name)
                    .isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Map<String, Counted>> servers() {
        Arbitrary<String> awkward = Arbitraries.strings()
                .withChars("}{\",\\=n# \n\té日")
                .withCharRange('a', 'f')
                .ofMinLength(1)
                .ofMaxLength(12);
        Arbitrary<List<Long>> buckets =
                Arbitraries.longs().between(0, 1L << 40).list().ofSize(BOUNDS.size());
        Arbitrary<Double> amounts = Arbitraries.doubles().between(0, 1e12).ofScale(6);
        Arbitrary<Counted> counted =
                Combinators.combine(buckets, amounts, amounts).as(Counted::new);
        return Arbitraries.maps(awkward, counted).ofMinSize(1).ofMaxSize(6);
    }

    private static MetricSnapshots snapshots(Map<String, Counted> server) {
        List<HistogramDataPointSnapshot> histograms = server.entrySet().stream()
                .map(series -> HistogramDataPointSnapshot.builder()
                        .labels(clientLabels(series.getKey()))
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                BOUNDS, series.getValue().buckets()))
                        .sum(series.getValue().sum())
                        .build())
                .toList();
        List<CounterDataPointSnapshot> counters = server.entrySet().stream()
                .map(series -> new CounterDataPointSnapshot(
                        series.getValue().requests(), clientLabels(series.getKey()), null, 0))
                .toList();
        return new MetricSnapshots(
                new HistogramSnapshot(new MetricMetadata("latency_seconds", "With \\ and \n in it."), histograms),
                new HistogramSnapshot(new MetricMetadata("unwanted_seconds", "Not asked for."), histograms),
                new CounterSnapshot(new MetricMetadata("requests"), counters));
    }

    private static Page expected(Map<String, Counted> server) {
        var values = new LinkedHashMap<Labels, Double>();
        var histograms = new LinkedHashMap<Labels, Histogram>();
        server.forEach((series, counted) -> {
            Labels labels = Labels.of(Map.of("series", series, "verb", "GET"));
            values.put(labels, counted.requests());
            histograms.put(
                    labels,
                    Histogram.of(
                            Buckets.of(0.005, 0.1, 1, 2.5),
                            counted.sum(),
                            counted.buckets().stream().mapToLong(n -> n).toArray()));
        });
        return new Page(Map.of("requests_total", values), Map.of("latency_seconds", histograms), Map.of());
    }

    private static io.prometheus.metrics.model.snapshots.Labels clientLabels(String series) {
        return io.prometheus.metrics.model.snapshots.Labels.of("verb", "GET", "series", series);
    }
}
