package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedFleetTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final String GUILTY = "telemetry-agent-7f3";

    /** A clock that stands until it is moved. */
    private static final class ManualClock extends Clock {
        private volatile Instant now = T0;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final ManualClock clock = new ManualClock();
    private final List<RolloutEvent> events = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatedFleet fleet;

    @BeforeEach
    void open() throws IOException {
        Scenario scenario = Scenarios.DNS_MASKED_CONTROL_PLANE.create(Scenarios.Options.of(1, Pace.DEMO));
        fleet = SimulatedFleet.open(scenario, clock, SECRET, true, events::add);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private void runTo(int second, double speed) {
        clock.now = T0.plusSeconds(second);
        Duration simulated = Duration.ofMillis(Math.round(1_000 * speed * second));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fleet.status().elapsed().compareTo(simulated) >= 0);
    }

    private FleetStatus.RolloutStatus rollout(String id) {
        return fleet.status().rollouts().stream()
                .filter(status -> status.rolloutId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private int post(String id, String body, String signedBody) throws IOException, InterruptedException {
        String timestamp = Long.toString(clock.now.getEpochSecond());
        String signature =
                new WebhookSignature(SECRET).sign(id, timestamp, signedBody.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(fleet.webhookUrl())
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1,b3RoZXI= v1," + signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String signal(String action, String rolloutId, String more) {
        return "{\"signalId\":\"s\",\"action\":\"" + action + "\",\"rolloutId\":\"" + rolloutId + "\"" + more + "}";
    }

    @Test
    void servesAPageOfEveryServer() throws IOException, InterruptedException {
        assertThat(fleet.endpoints())
                .filteredOn(e -> e.kind() == Endpoint.Kind.APISERVER)
                .hasSize(1 + 2 + 3);
        for (Endpoint endpoint : fleet.endpoints()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(endpoint.url()).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
            assertThat(answer.body())
                    .contains(
                            endpoint.kind() == Endpoint.Kind.APISERVER
                                    ? "apiserver_request_duration_seconds_bucket{"
                                    : "coredns_dns_responses_total{");
        }
    }

    @Test
    void servesProtobufToWhomAsks() throws IOException, InterruptedException {
        URI url = fleet.endpoints().get(0).url();
        HttpRequest request = HttpRequest.newBuilder(url)
                .header(
                        "Accept",
                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")
                .build();

        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("encoding=delimited");
        assertThat(answer.body().length).isGreaterThan(10_000);
    }

    @Test
    void completesEveryRolloutWhenNobodyStopsIt() {
        fleet.begin(new SimulationClock(clock, T0, 1));
        runTo(85, 1);

        assertThat(fleet.status().rollouts()).allMatch(FleetStatus.RolloutStatus::completed);
        assertThat(fleet.truth().dnsMasked()).isTrue();
        assertThat(events).extracting(RolloutEvent::phase).contains(Phase.STARTED, Phase.COMPLETED);
        assertThat(events).extracting(RolloutEvent::time).isSorted();
    }

    @Test
    void stopsTheHaltedRolloutAndRecovers() throws IOException, InterruptedException {
        fleet.begin(new SimulationClock(clock, T0, 1));
        runTo(46, 1);
        assertThat(rollout(GUILTY).coverage().ratio()).isGreaterThan(0.2);

        assertThat(post("id-1", signal("HALT", GUILTY, ""), signal("HALT", GUILTY, "")))
                .isEqualTo(204);
        runTo(85, 1);

        assertThat(rollout(GUILTY).halted()).isTrue();
        assertThat(rollout(GUILTY).phases()).containsValue(Phase.ROLLED_BACK);
        assertThat(rollout(GUILTY).coverage().updated()).isZero();
        assertThat(rollout("web-42").completed()).isTrue();
        assertThat(fleet.truth().dnsVisible()).isEmpty();
    }

    @Test
    void holdsUntilTheRealTimeOfTheSignalWhateverTheSpeed() throws IOException, InterruptedException {
        fleet.begin(new SimulationClock(clock, T0, 5));
        String hold = signal("HOLD", GUILTY, ",\"until\":\"" + T0.plusSeconds(10) + "\"");
        assertThat(post("id-1", hold, hold)).isEqualTo(204);

        runTo(9, 5);
        assertThat(rollout(GUILTY).phases()).isEmpty();
        runTo(12, 5);
        assertThat(rollout(GUILTY).phases()).isNotEmpty();
    }

    @Test
    void refusesWhatIsNotSignedAndWhatIsNoSignal() throws IOException, InterruptedException {
        fleet.begin(new SimulationClock(clock, T0, 1));

        assertThat(post("id-1", signal("HALT", GUILTY, ""), "something else")).isEqualTo(401);
        assertThat(post("id-2", "not json", "not json")).isEqualTo(400);
        assertThat(post("id-3", "{}", "{}")).isEqualTo(400);
        assertThat(rollout(GUILTY).halted()).isFalse();
    }

    @Test
    void takesASignalOnlyOnce() throws IOException, InterruptedException {
        fleet.begin(new SimulationClock(clock, T0, 1));
        runTo(26, 1);
        String hold = signal("HOLD", GUILTY, ",\"until\":\"" + T0.plusSeconds(600) + "\"");
        String clear = signal("CLEAR", GUILTY, "");

        assertThat(post("id-1", hold, hold)).isEqualTo(204);
        assertThat(post("id-2", clear, clear)).isEqualTo(204);
        assertThat(post("id-1", hold, hold)).isEqualTo(204);
        runTo(70, 1);

        assertThat(rollout(GUILTY).completed()).isTrue();
    }

    @Test
    void tellsCachesInRealTime() {
        assertThat(fleet.clusters(new SimulationClock(clock, T0, 4))).allSatisfy(info -> assertThat(info.dnsCache())
                .contains(Pace.DEMO.dnsCache().dividedBy(4)));
    }

    @Test
    void servesNoPagesOfAuditLogs() {
        Scenario audited =
                Scenarios.CLEAN.create(Scenarios.Options.of(1, Pace.DEMO).withTelemetry(Scenario.Telemetry.AUDIT));

        assertThatThrownBy(() -> SimulatedFleet.open(audited, clock, SECRET, true, events::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("METRICS");
    }
}
