package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged webhook sink in a real Connect worker: from a topic of signals to a request, a record, a dead letter. */
@WithKafka
class WebhookSinkIT {
    private static final SingleObjectSerde<Signal> SIGNALS = new SingleObjectSerde<>(Signal.class);

    private record Request(String id, String signature, String body) {}

    private final KafkaBroker kafka;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private EmbeddedConnect connect;

    WebhookSinkIT(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        KafkaProbe probe = KafkaProbe.of(kafka);
        for (String topic : List.of("signals", "deliveries", "dead-letters")) {
            probe.createTopic("webhook-it." + topic, 1);
        }
        connect = EmbeddedConnect.start(new EmbeddedConnect.Settings(
                kafka.bootstrapServers(),
                Path.of(System.getProperty("andon.plugins")),
                "webhook-it.",
                (short) 1,
                Map.of()));
    }

    @AfterEach
    void stop() {
        connect.close();
        receiver.stop(0);
    }

    @Test
    void deliversWhatCanBeReadRecordsItAndPutsTheRestAside() throws Exception {
        connect.create(
                "cd",
                Map.of(
                        "connector.class", "dev.andon.connect.webhook.WebhookSinkConnector",
                        "topics", "webhook-it.signals",
                        "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                        "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                        "url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                        "signing.secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "retry.backoff.ms", "10",
                        "deliveries.topic", "webhook-it.deliveries",
                        "deliveries.producer.bootstrap.servers", kafka.bootstrapServers(),
                        "deliveries.producer.client.id", "webhook-it"));
        send("not avro".getBytes(UTF_8), SIGNALS.encode(signal("first")), SIGNALS.encode(signal("second")));

        // The receiver refuses once: the first signal comes twice, the second once, in this order.
        await().atMost(Duration.ofSeconds(60)).until(() -> requests.size() >= 3);
        assertThat(requests).extracting(Request::id).containsExactly("first", "first", "second");
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.signature()).startsWith("v1,");
            assertThat(request.body()).contains("\"action\":\"HALT\"");
        });
        List<ConsumerRecord<String, Delivery>> deliveries =
                read("webhook-it.deliveries", 3, new SingleObjectSerde<>(Delivery.class).deserializer());
        assertThat(deliveries)
                .extracting(ConsumerRecord::key, record -> record.value().getStatus(), record -> record.value()
                        .getHttpStatus())
                .containsExactly(
                        tuple("first", DeliveryStatus.FAILED, 503),
                        tuple("first", DeliveryStatus.SENT, 200),
                        tuple("second", DeliveryStatus.SENT, 200));
        ConsumerRecord<String, String> dead =
                read("webhook-it.dead-letters", 1, new StringDeserializer()).get(0);
        assertThat(dead.value()).isEqualTo("not avro");
        assertThat(new String(
                        dead.headers()
                                .lastHeader("__connect.errors.exception.message")
                                .value(),
                        UTF_8))
                .contains("begin with 6E 6F instead of C3 01");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            exchange.sendResponseHeaders(requests.size() == 1 ? 503 : 200, -1);
        }
    }

    private static Signal signal(String id) {
        return Signal.newBuilder()
                .setTime(Instant.parse("2024-12-11T22:51:15Z"))
                .setSignalId(id)
                .setAction(Action.HALT)
                .setRolloutId("rollout-of-" + id)
                .setReason("LIST latency p99 rose from 0.21 s to 4.8 s")
                .build();
    }

    private void send(byte[]... values) throws Exception {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>("webhook-it.signals", "telemetry-agent-7f3", value))
                        .get();
            }
        }
    }

    /** Reads partition 0 from its start until {@code count} records have come or 60 s have passed. */
    private <T> List<ConsumerRecord<String, T>> read(String topic, int count, Deserializer<T> values) {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        List<ConsumerRecord<String, T>> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), values)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (int polls = 0; records.size() < count && polls < 600; polls++) {
                consumer.poll(Duration.ofMillis(100)).records(partition).forEach(records::add);
            }
        }
        return records;
    }
}
