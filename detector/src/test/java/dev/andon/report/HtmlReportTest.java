package dev.andon.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import dev.andon.recording.Replay;
import dev.andon.testing.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final String RIGHT_TO_LEFT = Character.toString(0x202e);
    private static final String HOSTILE = "<script>alert('x')</script>" + RIGHT_TO_LEFT + "evil";

    @Test
    void tellsWhoWasHaltedWhenAndWhyAndWhatOtherBudgetsMakeOfIt() {
        String page = page(Incident.in("west", "agent-7f3", START), Known.NOTHING);
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("agent-7f3", ">HALT<", "1 of 1", "rollouts halted. Nobody said which were bad")
                .contains("0.001 (chosen)", "KubeAPIErrorBudgetBurn 1 h", "CoreDNSErrorsHigh", "API server latency")
                .doesNotContain("<script", "http://", "https://", "NaN");
    }

    @Test
    void countsAHaltOfARolloutThatWasFineAsFalse() {
        Known nobody = new Known(Optional.of(Set.of()), Optional.empty());
        assertThat(page(Incident.in("west", "agent-7f3", START), nobody))
                .contains("<b>1000.0</b><span>false halts per 1,000 fine rollouts: 1 of 1");
    }

    @Test
    void showsHostileNamesAsTheTextThatTheyAre() {
        Input event = new RolloutEvent(
                START,
                HOSTILE,
                "west",
                Phase.PROGRESSING,
                new Workload("Deployment", "shop", "<img src=x>"),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(page(List.of(event), new Known(Optional.of(Set.of(HOSTILE)), Optional.empty())))
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; evil")
                .contains("Known to be bad, and nothing was said of it.")
                .doesNotContain("<script", "<img", RIGHT_TO_LEFT);
    }

    @Test
    void isWholeWhenThereIsNothingToTell() {
        assertThat(page(List.of(), Known.NOTHING))
                .contains("No rollout was halted or held.")
                .endsWith("</html>\n");
    }

    private static String page(List<Input> inputs, Known known) {
        Review review = new Review("incident", Duration.ofSeconds(5));
        inputs.forEach(review::accept);
        List<Signal> signals = Replay.run(inputs, Settings.DEFAULT).signals();
        Report report = review.finish(signals, known, List.of(Budget.of(0.001, true, signals)));
        return HtmlReport.page("a test", HtmlReport.madeAt("andon", START), List.of(report));
    }
}
