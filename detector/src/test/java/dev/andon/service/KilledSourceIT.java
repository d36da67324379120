package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.schema.Measurement;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.testing.FreePort;
import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker is killed in the middle of its work, and another takes its place: the packed sources lose nothing, and repeat
 * only what their pages say.
 */
@WithKafka
@Timeout(180)
class KilledSourceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @TempDir
    private Path folder = Path.of("");

    private final KafkaBroker kafka;

    KilledSourceIT(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    /** The last steps are written again, with the same times and values. */
    @Test
    void aQueryGoesOnWhereItWas() throws Exception {
        String topic = "killed.query";
        KafkaProbe.of(kafka).createTopic(topic, 1);
        Instant to = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant from = to.minusSeconds(1_200);
        try (FakeRangeServer prometheus = new FakeRangeServer(Duration.ofMillis(100))) {
            Map<String, String> options = Map.of(
                    "connector.class", "dev.andon.connect.query.PrometheusQuerySourceConnector",
                    "prometheus.url", prometheus.url(),
                    "queries", "now 1 HIGHER: time()",
                    "step.ms", "1000",
                    "lag.ms", "0",
                    "request.max.steps", "10",
                    "from", from.toString(),
                    "measurements.topic", topic);
            List<Long> beforeTheKill = new ArrayList<>();
            kill(options, () -> {
                beforeTheKill.clear();
                beforeTheKill.addAll(seconds(topic));
                return beforeTheKill.size() >= 200;
            });
            List<Long> written = afterRestart(options, () -> {
                List<Long> seconds = seconds(topic);
                return seconds.contains(to.getEpochSecond()) ? seconds : List.of();
            });

            assertThat(new HashSet<>(written))
                    .containsAll(LongStream.rangeClosed(from.getEpochSecond(), to.getEpochSecond())
                            .boxed()
                            .toList());
            // In order but for one step back, from where the first worker was to where it had last said to be.
            List<Integer> back = new ArrayList<>();
            for (int i = 1; i < written.size(); i++) {
                if (written.get(i) != written.get(i - 1) + 1) back.add(i);
            }
            assertThat(back).hasSizeLessThanOrEqualTo(1);
            assertThat(back).allSatisfy(at -> {
                assertThat(at).isGreaterThanOrEqualTo(beforeTheKill.size());
                assertThat(written.get(at)).isLessThanOrEqualTo(written.get(at - 1));
            });
        }
    }

    /** What was answered with success is there; what was not is sent again, and only that can be there twice. */
    @Test
    void remoteWriteLosesNothingThatItAnsweredFor() throws Exception {
        String topic = "killed.remote-write";
        KafkaProbe.of(kafka).createTopic(topic, 1);
        int port = FreePort.any();
        Map<String, String> options = Map.of(
                "connector.class",
                "dev.andon.connect.remotewrite.RemoteWriteSourceConnector",
                "listen.port",
                "" + port,
                "measurements",
                "depth=workqueue_depth 1 HIGHER",
                "measurements.topic",
                topic);
        Sender sender = new Sender(port, 300);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(sender::send);
        kill(options, () -> sender.answered.get() >= 50);
        List<Long> written = afterRestart(options, () -> sending.isDone() ? values(topic) : List.of());
        sending.get(1, TimeUnit.SECONDS);

        assertThat(new HashSet<>(written))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 300).boxed().toList());
        assertThat(sender.sentAgain).isNotEmpty();
        Set<Long> once = new HashSet<>();
        Set<Long> twice = new HashSet<>();
        written.forEach(value -> {
            if (!once.add(value)) twice.add(value);
        });
        assertThat(sender.sentAgain).containsAll(twice);
    }

    /** Sends one sample after another, each until it is taken. */
    private static final class Sender {
        private static final Duration RETRY = Duration.ofMillis(50);

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final int port;
        private final int samples;
        private final AtomicInteger answered = new AtomicInteger();
        private final Set<Long> sentAgain = new HashSet<>();

        Sender(int port, int samples) {
            this.port = port;
            this.samples = samples;
        }

        private void send() {
            for (long value = 0; value < samples; value++) {
                while (!isTaken(value)) {
                    if (answered.get() > 0) sentAgain.add(value);
                }
                answered.incrementAndGet();
            }
        }

        private boolean isTaken(long value) {
            try {
                byte[] body = RemoteWriteBody.of(
                        Map.of("__name__", "workqueue_depth", "cluster", "prod"),
                        (double) value,
                        System.currentTimeMillis());
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/write"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 204;
            } catch (IOException nobodyListens) {
                LockSupport.parkNanos(RETRY.toNanos());
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private interface Reading {
        List<Long> written() throws Exception;
    }

    private void kill(Map<String, String> options, Condition inTheMiddle) throws Exception {
        Process worker = spawn(options);
        try {
            await().atMost(PATIENCE).until(inTheMiddle::holds);
            assertThat(worker.isAlive()).isTrue();
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    private List<Long> afterRestart(Map<String, String> options, Reading reading) throws Exception {
        Process worker = spawn(options);
        try {
            return await().atMost(PATIENCE).until(reading::written, written -> !written.isEmpty());
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    private Process spawn(Map<String, String> options) throws IOException {
        return KilledWorker.spawn(
                folder.resolve("worker.properties"), kafka.bootstrapServers(), "killed.", "source", options);
    }

    private List<Long> seconds(String topic) {
        return read(topic).stream().map(one -> one.getTime().getEpochSecond()).toList();
    }

    private List<Long> values(String topic) {
        return read(topic).stream().map(one -> Math.round(one.getValue())).toList();
    }

    private List<Measurement> read(String topic) {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        var serde = new SingleObjectSerde<>(Measurement.class);
        List<Measurement> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> all.add(serde.decode(record.value())));
            }
        }
        return all;
    }
}
