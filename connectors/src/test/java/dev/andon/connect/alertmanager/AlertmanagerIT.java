package dev.andon.connect.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.connect.common.Receiver;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.TestContext;
import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.Signal;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real replicas: what the sink fires is there, grouped, notified, and gone when the signal is cleared. */
class AlertmanagerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Receiver notified = new Receiver();
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final AlertmanagerSinkTask task = new AlertmanagerSinkTask(Clock.systemUTC(), settings -> deliveries::add);
    private AlertmanagerProcess one;
    private AlertmanagerProcess other;

    @BeforeEach
    void start() throws Exception {
        one = new AlertmanagerProcess(folder.resolve("one"), notified.uri("/notify"));
        other = new AlertmanagerProcess(folder.resolve("other"), notified.uri("/other"));
        task.initialize(new TestContext(true));
        task.start(Map.of("name", "am", "urls", one.uri() + "," + other.uri()));
    }

    @AfterEach
    void stop() throws Exception {
        task.stop();
        notified.close();
        one.close();
        other.close();
    }

    @Test
    void firesGroupsNotifiesAndResolvesInEveryReplica() throws Exception {
        put(Signals.record(0, signal("halt", Action.HALT)));
        for (AlertmanagerProcess replica : List.of(one, other)) {
            await().atMost(SOON).until(() -> turn() && groups(replica).size() == 1);
            JsonNode group = groups(replica).get(0);
            assertThat(group.at("/labels/alertname").asText()).isEqualTo("AndonHalt");
            assertThat(group.at("/labels/rollout").asText()).isEqualTo("telemetry-agent-7f3");
            assertThat(group.at("/alerts/0/annotations/summary").asText())
                    .startsWith("HALT telemetry-agent-7f3 in prod-west-3: apiserver LIST latency");
            assertThat(group.at("/alerts/0/status/state").asText()).isEqualTo("active");
        }
        await().atMost(SOON).until(() -> notifications().contains("firing"));

        put(Signals.record(1, signal("clear", Action.CLEAR)));

        for (AlertmanagerProcess replica : List.of(one, other)) {
            await().atMost(SOON).until(() -> turn() && alerts(replica).isEmpty());
        }
        await().atMost(SOON).until(() -> notifications().contains("resolved"));
    }

    private void put(SinkRecord record) {
        task.put(List.of(record));
    }

    /** The framework calls again and again, with nothing new. */
    private boolean turn() {
        task.put(List.of());
        return true;
    }

    private static Signal signal(String id, Action action) {
        Instant now = Clock.systemUTC().instant();
        return Signals.halt()
                .setSignalId(id)
                .setAction(action)
                .setTime(now)
                .setExpires(now.plusSeconds(600))
                .build();
    }

    private JsonNode alerts(AlertmanagerProcess replica) throws Exception {
        return get(replica, "/api/v2/alerts?active=true");
    }

    private JsonNode groups(AlertmanagerProcess replica) throws Exception {
        return get(replica, "/api/v2/alerts/groups");
    }

    private JsonNode get(AlertmanagerProcess replica, String path) throws Exception {
        return JSON.readTree(
                client.send(HttpRequest.newBuilder(replica.uri().resolve(path)).build(), BodyHandlers.ofString())
                        .body());
    }

    private List<String> notifications() throws IOException {
        List<String> states = new ArrayList<>();
        for (Receiver.Request request : notified.requests()) {
            if (request.path().equals("/notify")) {
                states.add(JSON.readTree(request.body()).path("status").asText());
            }
        }
        return states;
    }
}
