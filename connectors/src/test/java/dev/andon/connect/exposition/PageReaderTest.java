package dev.andon.connect.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageReaderTest {
    private static final Wanted WANTED = Wanted.NOTHING.value("requests_total");
    private static final byte[] TEXT = "requests_total 3\n".getBytes(StandardCharsets.UTF_8);
    private static final PageReader READER = new PageReader(WANTED, 1000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain; version=0.0.4; charset=utf-8                 | ''
            text/plain                                               | identity
            application/openmetrics-text; version=1.0.0; charset=utf-8 | ''
            ''                                                       | ''
            """)
    void readsTextByItsContentType(String contentType, String encoding) throws UnreadablePageException {
        assertThat(READER.read(TEXT, contentType, encoding).single("requests_total"))
                .hasValue(3);
    }

    @Test
    void unpacksGzip() throws UnreadablePageException {
        assertThat(READER.read(MetricsPages.gzip(TEXT), "text/plain", "gzip").single("requests_total"))
                .hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, ''",
        "application/json, ''",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text, ''",
        "text/plain, br"
    })
    void refusesAFormatItDoesNotKnow(String contentType, String encoding) {
        assertDefect(Defect.UNKNOWN_FORMAT, TEXT, contentType, encoding);
    }

    @Test
    void saysWhatItSawAndWhatItExpected() {
        assertThatExceptionOfType(UnreadablePageException.class)
                .isThrownBy(() -> READER.read(TEXT, "text/html", ""))
                .withMessage("content type is 'text/html'; expected the Prometheus protobuf or text format");
    }

    @Test
    void refusesAPageThatIsNotTheGzipItClaimsToBe() {
        assertDefect(Defect.BAD_GZIP, TEXT, "text/plain", "gzip");
    }

    @Test
    void refusesGzipThatWasCutOff() {
        byte[] packed = MetricsPages.gzip(TEXT);
        assertDefect(Defect.TRUNCATED, Arrays.copyOf(packed, packed.length - 12), "text/plain", "gzip");
    }

    @Test
    void refusesASmallPageThatUnfoldsIntoAHugeOne() {
        byte[] bomb = MetricsPages.gzip("requests_total 3\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        assertThat(bomb).hasSizeLessThan(10_000);
        assertDefect(Defect.TOO_LARGE, bomb, "text/plain", "gzip");
    }

    @Test
    void readsAPageOfExactlyTheLargestSize() throws UnreadablePageException {
        assertThat(new PageReader(WANTED, TEXT.length)
                        .read(TEXT, "text/plain", "")
                        .single("requests_total"))
                .hasValue(3);
    }

    @Test
    void refusesABoundThatAllowsNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageReader(WANTED, 0))
                .withMessage("maxBytes must be > 0 but was 0");
    }

    private static void assertDefect(Defect defect, byte[] body, String contentType, String encoding) {
        assertThatExceptionOfType(UnreadablePageException.class)
                .isThrownBy(() -> READER.read(body, contentType, encoding))
                .returns(defect, UnreadablePageException::defect);
    }
}
