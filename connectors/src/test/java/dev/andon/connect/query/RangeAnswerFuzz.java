package dev.andon.connect.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Fuzz target: what a Prometheus answers to a range query. */
public final class RangeAnswerFuzz {
    private RangeAnswerFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] body) {
        try {
            RangeAnswer answer = RangeAnswer.read(body);
            answer.series().forEach(series -> assertThat(series.labels()).doesNotContainValue(null));
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).{5,}");
        }
    }
}
