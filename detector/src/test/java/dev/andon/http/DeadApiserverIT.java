package dev.andon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.andon.domain.Input;
import dev.andon.service.AndonService;
import dev.andon.service.DetectorStreams;
import dev.andon.service.config.AndonConfig;
import dev.andon.testing.Incident;
import dev.andon.topology.Records;
import dev.andon.topology.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollout takes the API server of its cluster down, so that nobody can halt it there. The whole service, from samples in
 * Kafka to requests on sockets: the gate closes and the pager rings all the same, the halt is told to be unverified, and
 * the second path is told of that. One API server accepts connections and stays silent, another one refuses them.
 */
class DeadApiserverIT {
    private static final Duration CALM = Duration.ofSeconds(200);

    private record Told(Instant at, JsonNode signal) {}

    @TempDir
    private Path folder = Path.of("");

    private final Clock clock = Clock.systemUTC();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Told> halts = new ConcurrentHashMap<>();
    private HttpServer people;
    private ServerSocket silent;
    private int refusing;
    private String url = "";

    @BeforeEach
    void start() throws IOException {
        people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        people.setExecutor(Executors.newCachedThreadPool());
        people.createContext("/", this::receive);
        people.start();
        // Connections are made by the kernel; nobody ever answers on them.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refusing = closed.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws IOException {
        people.stop(0);
        silent.close();
    }

    @Test
    void closesTheGatePagesSaysThatTheHaltIsNotVerifiedAndEscalates() throws Exception {
        AndonService.Http http = service -> {
            HttpInterface opened = HttpInterface.open(service, clock);
            url = opened.url();
            return opened;
        };
        AndonConfig config = AndonConfig.parse("andon.yaml", yaml(), name -> Optional.empty());
        AndonService.Parts parts = new AndonService.Parts(
                DetectorStreams.factory(clock), http, Optional.of(Path.of(System.getProperty("andon.plugins"))), clock);
        try (AndonService service = AndonService.start(config, parts)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> service.health().ready());
            Instant closed = playUntilTheGateCloses(service.bootstrapServers());

            Told page = told("pager");
            Instant decided = Instant.parse(page.signal().path("time").asText());
            assertThat(Duration.between(decided, closed)).as("gate").isLessThan(Duration.ofSeconds(5));
            assertThat(Duration.between(decided, page.at())).as("page").isLessThan(Duration.ofSeconds(5));
            for (String second : new String[] {"second-silent", "second-refusing"}) {
                Told escalated = told(second);
                assertThat(Duration.between(decided, escalated.at())).as(second).isLessThan(Duration.ofSeconds(15));
                assertThat(escalated.signal().path("reason").asText()).contains("VERIFIED");
            }
            JsonNode delivered = rollout().path("delivered");
            for (JsonNode sink : delivered.path("sinks")) {
                if (!sink.path("sink").asText().startsWith("halt-")) continue;
                assertThat(sink.has("verified")).isFalse();
                assertThat(sink.path("failures").asLong()).isPositive();
                assertThat(sink.path("trouble").asText()).contains("no answer");
                assertThat(sink.has("retryAt")).as("it is tried again").isTrue();
            }
            assertThat(delivered.path("sinks").findValuesAsText("sink"))
                    .contains("halt-silent", "halt-refusing", "pager");
            assertThat(delivered.has("haltedAfterMillis")).isFalse();
            assertThat(service.health().ready()).isTrue();
            assertThat(get("/readyz").body())
                    .contains("connector halt-silent: http_127.0.0.1_", "connector halt-refusing: http_127.0.0.1_")
                    .doesNotContain("connector pager");
        }
    }

    private String yaml() {
        String people = "http://127.0.0.1:" + this.people.getAddress().getPort() + "/";
        StringBuilder yaml = new StringBuilder("""
                mode: enforce
                data: {dir: '%s'}
                kafka: {port: 0, partitions: 2}
                http: {port: 0}
                connectors:
                  pager:
                    connector.class: dev.andon.connect.webhook.WebhookSinkConnector
                    url: %spager
                    signing.secrets: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                """.formatted(folder, people));
        Map<String, Integer> apiservers = Map.of("silent", silent.getLocalPort(), "refusing", refusing);
        apiservers.forEach((how, port) -> yaml.append("""
                  halt-%1$s:
                    connector.class: dev.andon.connect.kubernetes.KubernetesSinkConnector
                    clusters: [prod-1=http://127.0.0.1:%2$d]
                    actions: [HALT, CLEAR]
                  second-%1$s:
                    connector.class: dev.andon.connect.webhook.WebhookSinkConnector
                    topics: [andon.signals, andon.deliveries]
                    tasks.max: 1
                    url: %3$ssecond-%1$s
                    signing.secrets: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
                    escalate.after.sink: halt-%1$s
                    escalate.after.status: VERIFIED
                """.formatted(how, port, people)));
        return yaml.toString();
    }

    /** Plays what is over at once and the rest when it is due, and returns when the gate said no to widening. */
    private Instant playUntilTheGateCloses(String servers) throws Exception {
        Deque<Input> inputs = new ArrayDeque<>(
                Incident.in("prod-1", "agent-7", clock.instant().minus(CALM)));
        Map<String, Object> config = Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            return await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(90))
                    .until(
                            () -> {
                                while (!inputs.isEmpty()
                                        && !inputs.peek().time().isAfter(clock.instant())) {
                                    send(producer, inputs.remove());
                                }
                                return gateSays("HALT") ? clock.instant() : Instant.MAX;
                            },
                            at -> !at.equals(Instant.MAX));
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Input input) {
        Records.Encoded record = Records.encode(input);
        var unused = producer.send(new ProducerRecord<>(
                Topics.DEFAULT.of(record.topic()), null, input.time().toEpochMilli(), record.key(), record.value()));
    }

    private boolean gateSays(String decision) throws Exception {
        HttpResponse<String> answer = get("/v1/rollouts/agent-7/gate");
        return answer.statusCode() == 403
                && json.readTree(answer.body()).path("decision").asText().equals(decision);
    }

    private JsonNode rollout() throws Exception {
        return json.readTree(get("/v1/rollouts/agent-7").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Told told(String whom) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> Optional.ofNullable(halts.get(whom)), Optional::isPresent)
                .orElseThrow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        Instant now = clock.instant();
        try (exchange) {
            JsonNode signal = json.readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            if (signal.path("action").asText().equals("HALT")) {
                halts.putIfAbsent(exchange.getRequestURI().getPath().substring(1), new Told(now, signal));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
