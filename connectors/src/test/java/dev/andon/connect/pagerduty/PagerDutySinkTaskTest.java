package dev.andon.connect.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.SinkContract;
import dev.andon.connect.common.SinkSettings;
import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.Workload;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PagerDutySinkTaskTest extends SinkContract {
    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new PagerDutySinkTask(clock, openLog);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of("url", receiver.toString(), "routing.key", "R0UTINGK3YR0UTINGK3YR0UTINGK3Y00");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("R0UTINGK3YR0UTINGK3YR0UTINGK3Y00", "PR0DUC3R");
    }

    @Override
    protected int longestBytes() {
        return 512_000;
    }

    private JsonNode sent(int number) throws Exception {
        return new ObjectMapper().readTree(receiver.requests().get(number).body());
    }

    @Test
    void triggersAnIncidentThatSaysWhatHappened() throws Exception {
        put(start(), Signals.record(0, Signals.halt().build()));

        JsonNode event = sent(0);
        assertThat(receiver.requests().get(0).path()).isEqualTo("/v2/enqueue");
        assertThat(event.path("event_action").asText()).isEqualTo("trigger");
        assertThat(event.path("dedup_key").asText()).isEqualTo("andon rollout telemetry-agent-7f3");
        JsonNode payload = event.path("payload");
        assertThat(payload.path("summary").asText())
                .isEqualTo("HALT telemetry-agent-7f3 in prod-west-3: apiserver LIST latency p99 rose from 0.21 s to"
                        + " 4.8 s (x23)");
        assertThat(payload.path("severity").asText()).isEqualTo("critical");
        assertThat(payload.path("source").asText()).isEqualTo("prod-west-3");
        assertThat(payload.path("timestamp").asText()).isEqualTo("2024-12-11T22:51:15Z");
        assertThat(payload.path("custom_details").path("signalId").asText()).isEqualTo("halt-1");
    }

    @Test
    void resolvesWithTheKeyThatItTriggeredWith() throws Exception {
        SignalSinkTask task = start();

        put(task, Signals.record(0, of("a", Action.HALT).setRolloutId("web").build()));
        put(task, Signals.record(1, of("b", Action.CLEAR).setRolloutId("web").build()));

        assertThat(sent(1).path("event_action").asText()).isEqualTo("resolve");
        assertThat(sent(1).path("dedup_key")).isEqualTo(sent(0).path("dedup_key"));
    }

    @Test
    void fitsTheKeyAndTheSummaryIntoWhatPagerDutyTakes() throws Exception {
        String longId = "r".repeat(3_000);
        put(
                start(),
                Signals.record(0, of("a", Action.HALT).setRolloutId(longId).build()),
                Signals.record(
                        1, of("b", Action.HALT).setRolloutId(longId + "x").build()));

        assertThat(sent(0).path("dedup_key").asText()).hasSizeLessThanOrEqualTo(255);
        assertThat(sent(0).path("dedup_key")).isNotEqualTo(sent(1).path("dedup_key"));
        assertThat(sent(0).path("payload").path("summary").asText())
                .hasSizeLessThanOrEqualTo(1_024)
                .endsWith("... (cut)");
    }

    @Test
    void showsTheStartOfARolloutAsAChangeEvent() throws Exception {
        RolloutEvent event = RolloutEvent.newBuilder()
                .setTime(Signals.TIME)
                .setRolloutId("web-42")
                .setCluster("prod-1")
                .setPhase(Phase.STARTED)
                .setWorkload(new Workload("Deployment", "shop", "web"))
                .build();

        put(start(), Signals.record(0, new SingleObjectSerde<>(RolloutEvent.class).encode(event)));

        assertThat(receiver.requests().get(0).path()).isEqualTo("/v2/change/enqueue");
        assertThat(sent(0).path("payload").path("summary").asText())
                .isEqualTo("Rollout web-42 of Deployment shop/web began in prod-1");
        assertThat(deliveries).isEmpty();
    }

    @Test
    void asksUntilSomebodyHasAcknowledged() {
        Map<String, String> options = allOptions(receiver.uri(""));
        options.put("api.url", receiver.uri("").toString());
        options.put("api.token", "T0K3N");
        receiver.answer(202).answerBody(200, "{\"incidents\":[]}").answer(500).answerBody(200, "{\"incidents\":[{}]}");
        SignalSinkTask task = start(options);

        put(task, halt(0, "a"));
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(15));
            put(task);
        }

        assertThat(deliveries)
                .extracting(Delivery::getStatus)
                .containsExactly(DeliveryStatus.SENT, DeliveryStatus.ACKNOWLEDGED);
        assertThat(receiver.requests()).hasSize(4);
        assertThat(receiver.requests().get(1).path())
                .isEqualTo("/incidents?incident_key=andon+rollout+a&statuses%5B%5D=acknowledged");
        assertThat(receiver.requests().get(1).headers().getFirst("Authorization"))
                .isEqualTo("Token token=T0K3N");
    }
}
