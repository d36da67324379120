package dev.andon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.andon.domain.Input;
import dev.andon.service.AndonService;
import dev.andon.service.DetectorStreams;
import dev.andon.service.Metrics;
import dev.andon.service.config.AndonConfig;
import dev.andon.testing.Incident;
import dev.andon.topology.Records;
import dev.andon.topology.Topics;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long a HALT takes from its decision to a webhook, end to end: the real service with an embedded broker, both stages with
 * exactly-once transactions at the default commit interval, the packaged webhook sink in a Connect worker, and an HTTP server.
 *
 * <p>Many clusters, each in a fleet of its own, are hurt by a rollout of their own, one shortly after the other. Samples are
 * written when they are due, so the time in a signal is the time on the wall of the newest sample that decided it. Told is
 * how long it takes from that sample, and from the decision, until the server has the request: the first decision belongs to
 * the first request. Argument: clusters (default 300).
 */
public final class HaltLatency {
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration AHEAD = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Long> decided = new CopyOnWriteArrayList<>();
    private final List<Long> received = new CopyOnWriteArrayList<>();
    private final List<Double> fromSample = new CopyOnWriteArrayList<>();
    private final ObjectMapper json = new ObjectMapper();

    private HaltLatency() {}

    public static void main(String[] arguments) throws Exception {
        int clusters = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        new HaltLatency().measure(clusters);
        System.exit(0);
    }

    private void measure(int clusters) throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
        Path data = Folders.temporary();
        Clock clock = Clock.systemUTC();
        String yaml = String.join(
                "\n",
                "mode: enforce",
                "data: {dir: " + data + "}",
                "kafka: {port: 0, partitions: 3, replication.factor: 1}",
                "webhooks:",
                "  - name: cd",
                "    url: http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                "    signing-secret: '${env:SECRET}'");
        AndonConfig config = AndonConfig.parse(
                "halt-latency", yaml, name -> Optional.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        AndonService.Parts parts = new AndonService.Parts(
                DetectorStreams.factory(clock), AndonService.Http.NONE, Plugins.folder(), clock);
        try (AndonService service = AndonService.start(config, parts)) {
            while (!service.health().ready()) Thread.sleep(100);
            Thread watch = new Thread(() -> watch(service), "decisions");
            watch.setDaemon(true);
            watch.start();
            play(inputs(clusters, clock.instant()), service.bootstrapServers());
            Instant until = clock.instant().plus(PATIENCE);
            while (received.size() < clusters && clock.instant().isBefore(until)) Thread.sleep(100);
        } finally {
            receiver.stop(0);
            Folders.delete(data);
        }
        System.out.printf(
                "%d rollouts, %d decisions to halt, %d requests%n", clusters, decided.size(), received.size());
        tell("from the newest sample", fromSample.stream().mapToDouble(x -> x).toArray());
        double[] fromDecision = new double[Math.min(decided.size(), received.size())];
        for (int i = 0; i < fromDecision.length; i++) fromDecision[i] = (received.get(i) - decided.get(i)) / 1e6;
        tell("from the decision", fromDecision);
    }

    /** Notes when the service counts a HALT, to a millisecond. */
    private void watch(AndonService service) {
        Counter halts = service.metrics()
                .registry()
                .get(Metrics.SIGNALS)
                .tag("action", "halt")
                .counter();
        while (true) {
            while (decided.size() < halts.count()) decided.add(System.nanoTime());
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** By time. The past of each cluster is over soon after {@code now}, and its rollout begins. */
    private static List<Input> inputs(int clusters, Instant now) {
        List<Input> all = new ArrayList<>();
        for (int i = 0; i < clusters; i++) {
            Instant end = now.plus(AHEAD).plus(BETWEEN.multipliedBy(i)).plus(Duration.ofMinutes(1));
            all.addAll(Incident.in("cluster-" + i, "agent-" + i, "fleet-" + i, end.minus(Incident.length())));
        }
        all.sort(Comparator.comparing(Input::time));
        return all;
    }

    private static void play(List<Input> inputs, String bootstrapServers) throws InterruptedException {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Input input : inputs) {
                long early = Duration.between(Instant.now(), input.time()).toMillis();
                if (early > 0) Thread.sleep(early);
                Records.Encoded record = Records.encode(input);
                var unused = producer.send(new ProducerRecord<>(
                        Topics.DEFAULT.of(record.topic()),
                        null,
                        input.time().toEpochMilli(),
                        record.key(),
                        record.value()));
            }
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        try (exchange) {
            JsonNode signal = json.readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            if (!signal.path("action").asText().equals("HALT")) return;
            received.add(nanos);
            fromSample.add(
                    Duration.between(Instant.parse(signal.path("time").asText()), now)
                                    .toNanos()
                            / 1e6);
        }
    }

    private static void tell(String what, double[] millis) {
        Arrays.sort(millis);
        if (millis.length == 0) return;
        System.out.printf(
                "%-22s p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                what, part(millis, 0.5), part(millis, 0.95), part(millis, 0.99), millis[millis.length - 1]);
    }

    private static double part(double[] sorted, double share) {
        return sorted[(int) Math.floor(share * (sorted.length - 1))];
    }
}
