package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker that dies (kill -9) between sending a signal and committing its offset: whoever takes over delivers that signal
 * again, with the same id and word for word, and all that come after it. None is lost.
 */
@WithKafka
class WorkerKilledIT {
    private static final SingleObjectSerde<Signal> SIGNALS = new SingleObjectSerde<>(Signal.class);
    private static final SingleObjectSerde<Delivery> DELIVERIES = new SingleObjectSerde<>(Delivery.class);
    private static final int COUNT = 12;
    private static final String UNLUCKY = "signal-5";

    private enum Moment {
        BEFORE_THE_ANSWER,
        AFTER_THE_ANSWER
    }

    private record Request(String id, String body) {}

    @TempDir
    private Path folder = Path.of("");

    private final KafkaBroker kafka;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicReference<Process> victim = new AtomicReference<>();
    private HttpServer receiver;
    private Moment moment = Moment.BEFORE_THE_ANSWER;

    WorkerKilledIT(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        Process last = victim.get();
        if (last != null) last.destroyForcibly();
    }

    @ParameterizedTest
    @EnumSource
    void deliversAgainWithTheSameIdWhatWasUnderWayAndLosesNothing(Moment when) throws Exception {
        moment = when;
        String prefix = "killed-" + when.name().toLowerCase(java.util.Locale.ROOT) + ".";
        KafkaProbe probe = KafkaProbe.of(kafka);
        for (String topic : List.of("signals", "deliveries", "dead-letters")) {
            probe.createTopic(prefix + topic, 1);
        }
        send(prefix);

        Process killed = spawn(prefix);
        await().atMost(Duration.ofSeconds(90)).until(() -> !killed.isAlive());
        assertThat(requests).extracting(Request::id).contains(UNLUCKY).doesNotContain("signal-" + (COUNT - 1));
        Process heir = spawn(prefix);
        await().atMost(Duration.ofSeconds(90))
                .until(() -> requests.stream().anyMatch(request -> request.id().equals("signal-" + (COUNT - 1))));

        assertThat(heir.isAlive()).isTrue();
        assertThat(requests)
                .extracting(Request::id)
                .as("every signal arrived")
                .contains(IntStream.range(0, COUNT).mapToObj(i -> "signal-" + i).toArray(String[]::new));
        assertThat(requests)
                .filteredOn(request -> request.id().equals(UNLUCKY))
                .as("the one that was under way arrived again, and is recognised")
                .hasSizeGreaterThanOrEqualTo(2)
                .extracting(Request::body)
                .containsOnly(requests.stream()
                        .filter(request -> request.id().equals(UNLUCKY))
                        .findFirst()
                        .orElseThrow()
                        .body());
        await().untilAsserted(() -> assertThat(sent(prefix))
                .as("each has a record of its delivery")
                .contains(IntStream.range(0, COUNT).mapToObj(i -> "signal-" + i).toArray(String[]::new)));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            boolean first = requests.stream().noneMatch(request -> request.id().equals(id));
            requests.add(new Request(id, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            boolean kill = first && id.equals(UNLUCKY);
            if (kill && moment == Moment.BEFORE_THE_ANSWER) kill();
            exchange.sendResponseHeaders(200, -1);
            if (kill && moment == Moment.AFTER_THE_ANSWER) kill();
        }
    }

    /** SIGKILL: the process does nothing any more, neither commit nor leave its group. */
    private void kill() {
        Objects.requireNonNull(victim.get()).destroyForcibly();
    }

    private Process spawn(String prefix) throws IOException {
        Process process = KilledWorker.spawn(
                folder.resolve("worker.properties"),
                kafka.bootstrapServers(),
                prefix,
                "cd",
                Map.of(
                        "connector.class", "dev.andon.connect.webhook.WebhookSinkConnector",
                        "url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                        "signing.secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        victim.set(process);
        return process;
    }

    private List<String> sent(String prefix) {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        return KafkaProbe.bytes(config, prefix + "deliveries").stream()
                .map(DELIVERIES::decode)
                .filter(delivery -> delivery.getStatus() == DeliveryStatus.SENT)
                .map(Delivery::getSignalId)
                .toList();
    }

    private void send(String prefix) throws Exception {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < COUNT; i++) {
                Signal signal = Signal.newBuilder()
                        .setTime(Instant.parse("2024-12-11T22:51:15Z"))
                        .setSignalId("signal-" + i)
                        .setAction(Action.HALT)
                        .setRolloutId("rollout-" + i)
                        .setReason("LIST latency p99 rose from 0.21 s to 4.8 s")
                        .build();
                producer.send(new ProducerRecord<>(prefix + "signals", "rollout-" + i, SIGNALS.encode(signal)))
                        .get();
            }
        }
    }
}
