package dev.andon.connect.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** What holds for every page, whatever its bytes. */
final class PageFuzz {
    private static final int MAX_BYTES = 1 << 20;
    private static final PageReader READER =
            new PageReader(Wanted.NOTHING.value("requests_total").histogram("latency_seconds"), MAX_BYTES);

    private PageFuzz() {}

    /** What came of reading a page. */
    private record Outcome(Optional<Page> page, Optional<Defect> refused) {}

    static void read(byte[] body, Format format) {
        Outcome whole = read(new ByteArrayInputStream(body), format);
        whole.page().ifPresent(PageFuzz::check);
        // Bytes arrive as the network brings them; what they say must not depend on it.
        Outcome inPieces = read(new Dribble(body), format);
        assertThat(inPieces).isEqualTo(whole);
    }

    private static Outcome read(InputStream body, Format format) {
        try {
            return new Outcome(Optional.of(READER.read(body, format)), Optional.empty());
        } catch (UnreadablePageException e) {
            assertThat(e).hasMessageMatching("(?s).{5,}");
            return new Outcome(Optional.empty(), Optional.of(e.defect()));
        }
    }

    private static void check(Page page) {
        for (Map<Labels, Histogram> histograms : page.histograms().values()) {
            histograms.values().forEach(histogram -> {
                assertThat(histogram.buckets().count()).isPositive();
                for (int bucket = 0; bucket < histogram.buckets().count(); bucket++) {
                    assertThat(histogram.count(bucket)).isNotNegative();
                }
            });
        }
        page.malformed()
                .forEach((defect, malformed) -> assertThat(malformed.defect()).isEqualTo(defect));
    }

    /** Hands out three bytes at a time. */
    private static final class Dribble extends ByteArrayInputStream {
        private Dribble(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 3));
        }
    }
}
