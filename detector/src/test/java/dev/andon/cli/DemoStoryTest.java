package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.Evidence;
import dev.andon.http.view.Fleet;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoStoryTest {
    private static final Instant TIME = Instant.parse("2026-01-14T22:34:00Z");

    private static ChangePoint changePoint(String series, boolean ended) {
        Evidence evidence = new Evidence(series, Evidence.Kind.SHIFT, 0.008, 0.092, "s", TIME, 1e-6, 20);
        return new ChangePoint(TIME, "prod-600", evidence, TIME, TIME, ended);
    }

    private static List<String> story(ChangePoint... changePoints) {
        return DemoStory.of(new Fleet(TIME, List.of(), List.of(), List.of(), List.of(changePoints), List.of())).stream()
                .map(DemoStory.Entry::text)
                .toList();
    }

    @Test
    void aChangeThatBeginsAndEndsIsNamedInTheSameWords() {
        assertThat(story(changePoint("apiserver/LIST/cluster/latency", false)))
                .containsExactly("prod-600: apiserver LIST (cluster) mean latency rose from 8.0 ms to 92 ms (x12)");
        assertThat(story(changePoint("apiserver/LIST/cluster/latency", true)))
                .containsExactly("prod-600: apiserver LIST (cluster) mean latency is back to normal");
    }

    @Test
    void seriesThatChangeInOneSecondShareASentence() {
        assertThat(story(changePoint("apiserver/LIST/cluster/latency", true), changePoint("apiserver/PUT/slow", true)))
                .containsExactly(
                        "prod-600: apiserver LIST (cluster) mean latency and 1 more series are back to normal");
    }
}
