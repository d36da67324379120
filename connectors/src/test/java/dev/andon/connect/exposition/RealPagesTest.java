package dev.andon.connect.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages scraped from real control planes, which lie beside the project: {@code -Dandon.metricsPages=FOLDER}. */
@EnabledIfSystemProperty(named = "andon.metricsPages", matches = ".+", disabledReason = "no folder of real pages given")
class RealPagesTest {
    @ParameterizedTest
    @CsvSource({"kube-apiserver-1_31.txt.gz", "kube-apiserver-1_35.txt.gz"})
    void readsEveryWantedLineOfAKubeApiserver(String file) throws IOException {
        Path path = Path.of(System.getProperty("andon.metricsPages"), file);
        Wanted wanted = Wanted.NOTHING
                .value("process_start_time_seconds")
                .value("apiserver_request_total")
                .histogram("apiserver_request_sli_duration_seconds")
                .histogram("apiserver_request_duration_seconds");

        Page page = new PageReader(wanted, 10_000_000).read(Files.readAllBytes(path), "text/plain", "gzip");

        assertThat(page.malformed()).isEmpty();
        assertThat(page.single("process_start_time_seconds")).isPresent();
        assertThat(page.values().get("apiserver_request_total")).hasSizeGreaterThan(100);
        assertThat(page.histograms().get("apiserver_request_sli_duration_seconds"))
                .hasSizeGreaterThan(100);
        page.histograms()
                .forEach((name, series) -> series.forEach(
                        (labels, histogram) -> assertThat(histogram.buckets().count())
                                .as(name + labels)
                                .isGreaterThan(10)));
    }
}
