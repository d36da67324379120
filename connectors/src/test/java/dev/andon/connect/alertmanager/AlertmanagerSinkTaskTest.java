package dev.andon.connect.alertmanager;

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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AlertmanagerSinkTaskTest extends SinkContract {
    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new AlertmanagerSinkTask(clock, openLog);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of("urls", receiver + "/am", "headers", "Authorization: Basic B4S1C");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of("B4S1C", "PR0DUC3R");
    }

    @Override
    protected int longestBytes() {
        return 65_536;
    }

    private JsonNode sent(int number) throws Exception {
        return new ObjectMapper().readTree(receiver.requests().get(number).body());
    }

    @Test
    void firesAnAlertAndKeepsItFiringUntilTheSignalIsCleared() throws Exception {
        SignalSinkTask task = start();
        put(task, Signals.record(0, Signals.halt().build()));
        clock.advance(Duration.ofMinutes(1));
        put(task);
        put(
                task,
                Signals.record(
                        1,
                        Signals.halt()
                                .setAction(Action.CLEAR)
                                .setSignalId("clear")
                                .build()));
        clock.advance(Duration.ofMinutes(5));
        put(task);

        assertThat(receiver.requests())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly(
                        "GET /am/api/v2/status",
                        "POST /am/api/v2/alerts",
                        "POST /am/api/v2/alerts",
                        "POST /am/api/v2/alerts");
        JsonNode fired = sent(1).path(0);
        assertThat(fired.path("labels").toString())
                .isEqualTo(
                        "{\"alertname\":\"AndonHalt\",\"severity\":\"critical\",\"rollout\":\"telemetry-agent-7f3\"}");
        assertThat(fired.path("endsAt").asText()).isEqualTo("2024-12-11T23:01:15Z");
        assertThat(sent(2)).isEqualTo(sent(1));
        assertThat(sent(3).path(0).path("labels")).isEqualTo(fired.path("labels"));
        assertThat(sent(3).path(0).path("endsAt").asText()).isEqualTo("2024-12-11T22:52:16Z");
        assertThat(deliveries)
                .extracting(Delivery::getStatus)
                .containsExactly(DeliveryStatus.SENT, DeliveryStatus.SENT);
    }

    @Test
    void namesTheClusterOfAnAlarm() throws Exception {
        put(start(), Signals.record(0, of("a", Action.ALARM).setRolloutId(null).build()));

        assertThat(sent(1).path(0).path("labels").path("cluster").asText()).isEqualTo("prod-west-3");
    }

    @Test
    void resolvesTheAlarmOfAClusterWhenAClearNamesNoRollout() throws Exception {
        put(start(), Signals.record(0, of("a", Action.CLEAR).setRolloutId(null).build()));

        JsonNode alerts = sent(1);
        assertThat(alerts).hasSize(1);
        assertThat(alerts.at("/0/labels/alertname").asText()).isEqualTo("AndonAlarm");
        assertThat(alerts.at("/0/labels/cluster").asText()).isEqualTo("prod-west-3");
        assertThat(alerts.at("/0/labels/severity").asText()).isEqualTo("critical");
        assertThat(alerts.at("/0/endsAt").asText()).isEqualTo(clock.instant().toString());
    }
}
