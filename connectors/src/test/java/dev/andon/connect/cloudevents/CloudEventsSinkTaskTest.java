package dev.andon.connect.cloudevents;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsSinkTaskTest extends SinkContract {
    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new CloudEventsSinkTask(clock, openLog);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of("url", receiver + "/events", "headers", "Authorization: Bearer B3AR3R");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("B3AR3R", "PR0DUC3R", "/events");
    }

    @Override
    protected int longestBytes() {
        return 65_536;
    }

    private JsonNode sent(int number) throws Exception {
        return new ObjectMapper().readTree(receiver.requests().get(number).body());
    }

    @Test
    void tellsOfAnIncidentInTheStructuredModeOfTheBinding() throws Exception {
        put(start(), Signals.record(0, Signals.halt().build()));

        JsonNode event = sent(0);
        assertThat(receiver.requests().get(0).headers().getFirst("Content-Type"))
                .isEqualTo("application/cloudevents+json");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo("halt-1");
        assertThat(event.path("type").asText()).isEqualTo("dev.cdevents.incident.detected.0.3.0");
        JsonNode data = event.path("data");
        assertThat(data.path("context").path("id").asText()).isEqualTo("halt-1");
        assertThat(data.path("context").path("type")).isEqualTo(event.path("type"));
        assertThat(data.path("context")
                        .path("links")
                        .path(0)
                        .path("target")
                        .path("contextId")
                        .asText())
                .isEqualTo("telemetry-agent-7f3");
        assertThat(data.path("subject")
                        .path("content")
                        .path("environment")
                        .path("id")
                        .asText())
                .isEqualTo("production");
        assertThat(data.path("customData").path("action").asText()).isEqualTo("HALT");
    }

    @ParameterizedTest
    @CsvSource({
        "HALT, dev.cdevents.incident.detected.0.3.0",
        "ALARM, dev.cdevents.incident.detected.0.3.0",
        "CLEAR, dev.cdevents.incident.resolved.0.3.0",
        "HOLD, dev.andon.rollout.held.0.1.0"
    })
    void hasATypeForEachAction(Action action, String type) throws Exception {
        put(start(), Signals.record(0, of("a", action).build()));

        assertThat(sent(0).path("type").asText()).isEqualTo(type);
    }
}
