package dev.andon.connect.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.SinkContract;
import dev.andon.connect.common.SinkSettings;
import dev.andon.schema.Action;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SlackSinkTaskTest extends SinkContract {
    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new SlackSinkTask(clock, openLog);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of("webhook.url", receiver + "/services/T0/B0/S3CR3T");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("S3CR3T", "/services", "PR0DUC3R");
    }

    @Override
    protected int longestBytes() {
        return 40_000;
    }

    private JsonNode sent(int number) throws Exception {
        return new ObjectMapper().readTree(receiver.requests().get(number).body());
    }

    @Test
    void postsAMessageWithAPlainTextAndBlocks() throws Exception {
        put(start(), Signals.record(0, Signals.halt().build()));

        assertThat(receiver.requests().get(0).path()).isEqualTo("/services/T0/B0/S3CR3T");
        assertThat(sent(0).path("text").asText())
                .isEqualTo("HALT telemetry-agent-7f3 in prod-west-3: apiserver LIST latency p99 rose from 0.21 s to"
                        + " 4.8 s (x23)");
        assertThat(sent(0).path("blocks").path(1).path("text").path("text").asText())
                .isEqualTo("Exposure: 310 of 3000 in 1 cluster\nConsidered:\n• telemetry-agent-7f3: 97 %\n• web-42:"
                        + " ruled out, finished 41 min before the onset");
    }

    @Test
    void letsNoNameMentionAChannel() throws Exception {
        put(
                start(),
                Signals.record(
                        0, of("a", Action.HALT).setRolloutId("<!channel>&").build()));

        assertThat(sent(0).toString()).contains("&lt;!channel&gt;&amp;").doesNotContain("<!channel>");
    }
}
