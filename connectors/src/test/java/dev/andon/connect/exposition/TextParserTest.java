package dev.andon.connect.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextParserTest {
    private static final Wanted WANTED = Wanted.NOTHING.value("requests_total").histogram("latency_seconds");

    @Test
    void keepsOnlyWhatWasAskedFor() throws UnreadablePageException {
        Page page = read("# HELP other_total Not asked for.\nother_total{a=\"b\"} 7\nrequests_total{code=\"200\"} 3\n");

        assertThat(page.values()).isEqualTo(Map.of("requests_total", Map.of(labels("code", "200"), 3.0)));
        assertThat(page.histograms()).isEmpty();
        assertThat(page.malformed()).isEmpty();
    }

    @Test
    void putsTheBucketsOfAHistogramTogetherAndTakesTheAccumulationOut() throws UnreadablePageException {
        Page page = read("""
                # TYPE latency_seconds histogram
                latency_seconds_bucket{verb="GET",le="0.1"} 5
                latency_seconds_bucket{verb="GET",le="1"} 7
                latency_seconds_bucket{verb="GET",le="+Inf"} 1.5e+01
                latency_seconds_sum{verb="GET"} 20.5
                latency_seconds_count{verb="GET"} 15
                """);

        assertThat(page.histograms().get("latency_seconds"))
                .isEqualTo(Map.of(labels("verb", "GET"), Histogram.of(Buckets.of(0.1, 1), 20.5, 5, 2, 8)));
    }

    @Test
    void putsAHistogramTogetherWhoseLinesStandInAnyOrder() throws UnreadablePageException {
        Page page = read("""
                latency_seconds_count{verb="GET"} 9
                latency_seconds_bucket{le="1",verb="GET"} 7
                latency_seconds_bucket{verb="PUT",le="+Inf"} 1
                latency_seconds_bucket{verb="GET",le="0.1"} 5
                """);

        assertThat(page.histograms().get("latency_seconds"))
                .isEqualTo(Map.of(
                        labels("verb", "GET"),
                        Histogram.of(Buckets.of(0.1, 1), Double.NaN, 5, 2, 2),
                        labels("verb", "PUT"),
                        Histogram.of(Buckets.of(), Double.NaN, 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            requests_total 3                                             ~ 3
            requests_total{} 3                                           ~ 3
            requests_total { } 3                                         ~ 3
              requests_total   3e2   1700000000000                       ~ 300
            requests_total 3 # {trace_id="x y"} 1 1700000000.5           ~ 3
            requests_total 3 1700000000.5 # {trace_id="}"} 1             ~ 3
            requests_total +Inf                                          ~ Infinity
            requests_total -Inf                                          ~ -Infinity
            requests_total NaN                                           ~ NaN
            requests_total 0.000314167                                   ~ 0.000314167
            {"requests_total"} 3                                         ~ 3
            """)
    void readsEveryWayToWriteAValue(String line, double expected) throws UnreadablePageException {
        assertThat(read(line + "\n").single("requests_total")).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            requests_total{path="/a}b{c"} 3                 ~ /a}b{c
            requests_total{path="a,b=\\"c\\""} 3            ~ a,b="c"
            requests_total{path="C:\\\\new"} 3              ~ C:\\new
            requests_total{path="a\\tb"} 3                  ~ a\\tb
            requests_total{path="# no comment",} 3          ~ # no comment
            requests_total{ path = "é日本" , } 3            ~ é日本
            {"requests_total",path="quoted"} 3              ~ quoted
            requests_total{"path"="quoted"} 3               ~ quoted
            """)
    void readsEveryWayToWriteALabel(String line, String expected) throws UnreadablePageException {
        assertThat(read(line + "\n").values().get("requests_total")).containsOnlyKeys(labels("path", expected));
    }

    @Test
    void resolvesALineFeedInALabelValue() throws UnreadablePageException {
        assertThat(read("requests_total{path=\"a\\nb\\\\n\"} 3\n").values().get("requests_total"))
                .containsOnlyKeys(labels("path", "a\nb\\n"));
    }

    @Test
    void readsLinesThatEndWithCarriageReturnAndLineFeed() throws UnreadablePageException {
        assertThat(read("# TYPE requests_total counter\r\n\r\nrequests_total 3\r\n")
                        .single("requests_total"))
                .hasValue(3);
    }

    @Test
    void treatsAnEmptyLabelAsNone() throws UnreadablePageException {
        assertThat(read("requests_total{code=\"\"} 3\n").single("requests_total"))
                .hasValue(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\0', textBlock = """
            <html>                                          ~ BAD_NAME
            9lives 1                                        ~ BAD_NAME
            requests-total 1                                ~ BAD_NAME
            {requests_total} 1                              ~ BAD_NAME
            requests_total                                  ~ BAD_NAME
            requests_total{code="200" 1                     ~ BAD_LABELS
            requests_total{code="200} 1                     ~ BAD_LABELS
            requests_total{code=200} 1                      ~ BAD_LABELS
            requests_total{code} 1                          ~ BAD_LABELS
            requests_total{="200"} 1                        ~ BAD_LABELS
            requests_total{a="1" b="2"} 1                   ~ BAD_LABELS
            requests_total{a="1",a="2"} 1                   ~ BAD_LABELS
            requests_total{a="1"}                           ~ BAD_VALUE
            requests_total 1x                               ~ BAD_VALUE
            requests_total 0x1p3                            ~ BAD_VALUE
            requests_total 1d                               ~ BAD_VALUE
            requests_total --1                              ~ BAD_VALUE
            requests_total 1 tomorrow                       ~ BAD_VALUE
            requests_total 1 1700000000000 rest             ~ BAD_VALUE
            latency_seconds_bucket{le="1"} -1               ~ BAD_VALUE
            latency_seconds_bucket{le="1"} 1.5              ~ BAD_VALUE
            latency_seconds_bucket{le="1"} NaN              ~ BAD_VALUE
            latency_seconds_bucket{le="NaN"} 1              ~ BAD_VALUE
            latency_seconds_bucket{le="one"} 1              ~ BAD_VALUE
            latency_seconds_bucket{le="1",le="2"} 1         ~ BAD_LABELS
            latency_seconds_bucket{verb="GET"} 1            ~ BAD_LABELS
            latency_seconds_count -3                        ~ BAD_VALUE
            latency_seconds 3                               ~ WRONG_TYPE
            """)
    void countsALineItCannotReadAndReadsOn(String line, Defect defect) throws UnreadablePageException {
        Page page = read("other 1\n" + line + "\nrequests_total{ok=\"yes\"} 3\n");

        assertThat(page.values().get("requests_total")).isEqualTo(Map.of(labels("ok", "yes"), 3.0));
        assertThat(page.malformed()).isEqualTo(Map.of(defect, new Malformed(defect, 1, 2, line)));
    }

    @Test
    void countsEveryMalformedLineButKeepsOneExample() throws UnreadablePageException {
        assertThat(read("requests_total x\nother 1\nrequests_total y\n").malformed())
                .isEqualTo(Map.of(Defect.BAD_VALUE, new Malformed(Defect.BAD_VALUE, 2, 1, "requests_total x")));
    }

    @Test
    void countsASeriesThatStandsTwiceOnThePage() throws UnreadablePageException {
        Page page = read("requests_total{a=\"1\"} 3\nrequests_total{a=\"1\"} 4\n");

        assertThat(page.values().get("requests_total")).isEqualTo(Map.of(labels("a", "1"), 3.0));
        assertThat(page.malformed()).containsOnlyKeys(Defect.DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latency_seconds_bucket{le=\"1\"} 5\nlatency_seconds_bucket{le=\"2\"} 4\nlatency_seconds_count 6\n",
                "latency_seconds_bucket{le=\"1\"} 5\nlatency_seconds_bucket{le=\"1\"} 5\nlatency_seconds_count 6\n",
                "latency_seconds_bucket{le=\"1\"} 5\nlatency_seconds_bucket{le=\"+Inf\"} 4\n",
                "latency_seconds_bucket{le=\"1\"} 5\n",
                "latency_seconds_sum 5\nlatency_seconds_count 6\n"
            })
    void refusesAHistogramWhoseBucketsContradictOneAnother(String lines) throws UnreadablePageException {
        Page page = read(lines);

        assertThat(page.histograms()).isEmpty();
        assertThat(page.malformed()).containsOnlyKeys(Defect.BAD_HISTOGRAM);
    }

    /** Quadratic sorting took minutes for as many. */
    @Test
    @Timeout(20)
    void putsManyBucketsInOrderInLittleTime() throws UnreadablePageException {
        int buckets = 200_000;
        var text = new StringBuilder("latency_seconds_count " + buckets + "\n");
        for (int bucket = buckets; bucket > 0; bucket--) {
            text.append("latency_seconds_bucket{le=\"" + bucket + "\"} " + bucket + "\n");
        }

        assertThat(read(text.toString()).histograms().get("latency_seconds"))
                .hasEntrySatisfying(Labels.NONE, histogram -> {
                    assertThat(histogram.buckets().count()).isEqualTo(buckets + 1);
                    assertThat(histogram.count(buckets - 1)).isEqualTo(1);
                });
    }

    @Test
    void refusesASeriesWithMoreLabelsThanAnySeriesHas() throws UnreadablePageException {
        String labels = IntStream.rangeClosed(0, LabelBuffer.MAX_LABELS)
                .mapToObj(i -> "l" + i + "=\"1\"")
                .collect(Collectors.joining(","));

        Page page = read("requests_total{" + labels + "} 1\nrequests_total 3\n");

        assertThat(page.single("requests_total")).hasValue(3);
        assertThat(page.malformed()).containsOnlyKeys(Defect.BAD_LABELS);
    }

    @Test
    void skipsALineThatIsTooLongAndReadsOn() throws UnreadablePageException {
        String endless = "requests_total{path=\"" + "x".repeat(3 * TextParser.MAX_LINE_BYTES) + "\"} 1";

        Page page = read("other 1\n" + endless + "\nrequests_total 3\n");

        assertThat(page.single("requests_total")).hasValue(3);
        assertThat(page.malformed())
                .isEqualTo(Map.of(
                        Defect.LINE_TOO_LONG,
                        new Malformed(Defect.LINE_TOO_LONG, 1, 2, endless.substring(0, DefectLog.EXCERPT_CHARS))));
    }

    @Test
    void refusesAPageThatEndsWithinALine() {
        assertThatExceptionOfType(UnreadablePageException.class)
                .isThrownBy(() -> read("other 1\nrequests_total 12"))
                .withMessage("page ends in the middle of line 2; it was probably cut off")
                .returns(Defect.TRUNCATED, UnreadablePageException::defect);
    }

    @Test
    void acceptsTheEndMarkerOfOpenMetricsWithoutALineFeed() throws UnreadablePageException {
        assertThat(read("requests_total 3\n# EOF").single("requests_total")).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "<html><body>log in</body></html>\n"})
    void refusesAPageWithoutAnyMetric(String text) {
        assertThatExceptionOfType(UnreadablePageException.class)
                .isThrownBy(() -> read(text))
                .returns(Defect.NO_METRICS, UnreadablePageException::defect);
    }

    @Test
    void readsLinesThatCrossTheEdgesOfTheBuffer() throws UnreadablePageException {
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("requests_total{n=\"")
                    .append(i)
                    .append("\"} ")
                    .append(i)
                    .append('\n');
        }

        Map<Labels, Double> values = read(text.toString()).values().get("requests_total");

        assertThat(values).hasSize(20_000);
        assertThat(values)
                .allSatisfy((labels, value) -> assertThat(value).isEqualTo(Double.parseDouble(labels.get("n"))));
    }

    @Test
    void answersEveryDamagedPageWithAPageOrARefusal() {
        byte[] page = MetricsPages.TEXT.write(SyntheticApiserver.page(1, 1));
        Wanted wanted =
                Wanted.NOTHING.value("apiserver_request_total").histogram("apiserver_request_sli_duration_seconds");
        var random = new Random(7);
        for (int i = 0; i < 40; i++) {
            byte[] damaged = page.clone();
            for (int n = 0; n < 20_000; n++) {
                damaged[random.nextInt(damaged.length - 1)] = (byte) random.nextInt(256);
            }
            try {
                Page read = new PageReader(wanted, 100_000_000).read(new ByteArrayInputStream(damaged), Format.TEXT);
                assertThat(read.malformed()).isNotEmpty();
            } catch (UnreadablePageException refused) {
                assertThat(refused.defect()).isEqualTo(Defect.TRUNCATED);
            }
        }
    }

    private static Page read(String text) throws UnreadablePageException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new PageReader(WANTED, 10_000_000).read(bytes, Format.TEXT);
    }

    private static Labels labels(String name, String value) {
        return Labels.of(Map.of(name, value));
    }
}
