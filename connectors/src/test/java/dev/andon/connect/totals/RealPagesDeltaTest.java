package dev.andon.connect.totals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.exposition.PageReader;
import dev.andon.schema.ApiserverLatency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages scraped from real control planes, which lie beside the project: {@code -Dandon.metricsPages=FOLDER}. */
@EnabledIfSystemProperty(named = "andon.metricsPages", matches = ".+", disabledReason = "no folder of real pages given")
class RealPagesDeltaTest {
    private static final Origin ORIGIN = new Origin("real", "api");

    @ParameterizedTest
    @ValueSource(strings = {"kube-apiserver-1_31.txt.gz", "kube-apiserver-1_35.txt.gz"})
    void givesEveryRequestOfAYoungServerAsItsFirstInterval(String file) throws IOException {
        DeltaTracker tracker = new ApiserverDeltas(ORIGIN);
        byte[] body = Files.readAllBytes(Path.of(System.getProperty("andon.metricsPages"), file));
        var page = new PageReader(tracker.wanted(TargetState.UNKNOWN), 10_000_000).read(body, "text/plain", "gzip");
        double start = page.single("process_start_time_seconds").orElseThrow();

        // As if it had been scraped once before it answered its first request: everything counts from zero.
        TargetState young =
                tracker.step(TargetState.UNKNOWN, PageOf.started(start).at(0)).next();
        DeltaTracker.Step step = tracker.step(young, new Scrape(PageOf.T0.plusSeconds(5), page));

        List<ApiserverLatency> samples =
                step.samples().stream().map(ApiserverLatency.class::cast).toList();
        assertThat(step.rejections()).isEmpty();
        assertThat(samples.stream().map(sample -> sample.getVerb() + " " + sample.getScope()))
                .contains("GET resource", "LIST cluster", "PUT resource", "POST resource", "PATCH resource")
                .doesNotHaveDuplicates()
                .noneMatch(requestClass -> requestClass.startsWith("WATCH"));
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.getTime()).isEqualTo(Instant.parse("2026-01-01T00:00:05Z"));
            assertThat(sample.getCounts())
                    .hasSize(sample.getUpperBoundsSeconds().size() + 1);
            assertThat(total(sample.getCounts())).isPositive();
            assertThat(total(sample.getCodes().values().stream().toList())).isPositive();
            assertThat(sample.getSumSeconds()).isPositive();
        });
    }

    private static long total(List<Long> counts) {
        return counts.stream().flatMapToLong(LongStream::of).sum();
    }
}
