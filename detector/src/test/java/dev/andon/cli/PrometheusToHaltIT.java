package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.domain.Coverage;
import dev.andon.domain.RolloutEvent;
import dev.andon.http.HttpInterface;
import dev.andon.schema.Action;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.service.AndonService;
import dev.andon.service.DetectorStreams;
import dev.andon.service.config.AndonConfig;
import dev.andon.simulate.Endpoint;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Scenarios;
import dev.andon.simulate.SimulatedFleet;
import dev.andon.simulate.SimulationClock;
import dev.andon.testing.FreePort;
import dev.andon.testing.RequiresTool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a platform team that has a Prometheus sets up: it scrapes the servers of the clusters and sends what it has to the
 * remote write source, CD systems tell the source of rollout events, and Andon says which rollout to halt.
 */
@RequiresTool("prometheus")
@Timeout(240)
class PrometheusToHaltIT {
    private static final String TOKEN = "s3cret";
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final ExecutorService cd = Executors.newSingleThreadExecutor();
    private volatile boolean over;
    private final int writePort = FreePort.any();
    private final int eventsPort = FreePort.any();

    @Test
    void haltsTheGuiltyRolloutAsFarAsAPrometheusCanTell() throws Exception {
        var scenario = Scenarios.DNS_MASKED_CONTROL_PLANE.create(Scenarios.Options.of(7, Pace.DEMO));
        try (SimulatedFleet fleet = SimulatedFleet.open(scenario, CLOCK, "whsec_c2VjcmV0", false, event -> {
                    if (!over) cd.execute(() -> tell(event));
                });
                AndonService andon = AndonService.start(
                        config(fleet),
                        new AndonService.Parts(
                                DetectorStreams.factory(CLOCK),
                                service -> HttpInterface.open(service, CLOCK),
                                Plugins.folder(),
                                CLOCK))) {
            Process prometheus = startPrometheus(fleet);
            try {
                haltsTheGuiltyRollout(andon, fleet, prometheus);
            } finally {
                over = true;
                cd.shutdownNow();
                prometheus.destroy();
                if (!prometheus.waitFor(10, TimeUnit.SECONDS)) prometheus.destroyForcibly();
            }
        }
    }

    private void haltsTheGuiltyRollout(AndonService andon, SimulatedFleet fleet, Process prometheus) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> andon.health().ready());
        try (KafkaConsumer<byte[], byte[]> samples = consumer(andon);
                KafkaConsumer<byte[], byte[]> signals = consumer(andon)) {
            assign(samples, "andon.apiserver-latency");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> samples.poll(Duration.ofMillis(200)).count() > 0);
            assertThat(prometheus.isAlive()).isTrue();

            fleet.begin(SimulationClock.startingNow(CLOCK, 1));
            assign(signals, "andon.signals");
            var serde = new SingleObjectSerde<>(Signal.class);
            List<Signal> halts = new ArrayList<>();
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                signals.poll(Duration.ofMillis(200)).forEach(record -> {
                    Signal signal = serde.decode(record.value());
                    if (signal.getAction() == Action.HALT) halts.add(signal);
                });
                return !halts.isEmpty();
            });

            assertThat(halts)
                    .extracting(Signal::getRolloutId)
                    .containsOnly(fleet.truth().guilty().orElseThrow());
            assertThat(halts.get(0).getExposure()).isNotNull();
            assertThat(answers).containsExactly(204);
        }
    }

    /** In the words of CDEvents, and what it has no words for in {@code customData}. */
    private void tell(RolloutEvent event) {
        Coverage coverage = event.coverage().orElse(Coverage.NONE);
        String body = """
                {"context":{"version":"0.4.1","id":"%s","source":"/cd","type":"dev.cdevents.service.upgraded.0.2.0",
                  "timestamp":"%s"},
                 "subject":{"id":"%s/%s","content":{"environment":{"id":"%s"}}},
                 "customData":{"phase":"%s","updated":%d,"total":%d,"rolloutId":"%s","namespace":"%s"}}""".formatted(
                        event.rolloutId() + event.time(),
                        event.time(),
                        event.workload().kind(),
                        event.workload().name(),
                        event.cluster(),
                        event.phase(),
                        coverage.updated(),
                        coverage.total(),
                        event.rolloutId(),
                        event.workload().namespace());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + eventsPort + "/v1/events/cdevents"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-type", "dev.cdevents.service.upgraded.0.2.0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            answers.add(
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            answers.add(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AndonConfig config(SimulatedFleet fleet) {
        var lines = new ArrayList<>(List.of(
                "mode: enforce",
                "data: {dir: '" + folder.resolve("data") + "'}",
                "kafka: {port: 0, partitions: 3, replication.factor: 1}",
                "http: {port: 0}",
                DemoConfig.DETECTION,
                "connectors:",
                "  remote-write:",
                "    connector.class: dev.andon.connect.remotewrite.RemoteWriteSourceConnector",
                "    listen.port: " + writePort,
                "    bearer.token: '${env:TOKEN}'",
                "    scrape.settle.ms: 300",
                "    scrape.settle.max.ms: 1500",
                "    producer.override.linger.ms: 0",
                "  cd-events:",
                "    connector.class: dev.andon.connect.events.RolloutEventsSourceConnector",
                "    listen.port: " + eventsPort,
                "    cdevents.token: '${env:TOKEN}'",
                "clusters:"));
        fleet.clusters(SimulationClock.startingNow(CLOCK, 1))
                .forEach(cluster -> lines.add("  - {name: " + cluster.cluster() + ", environment: "
                        + cluster.environment().orElse("production") + ", nodes: "
                        + cluster.nodes().orElse(1) + "}"));
        return AndonConfig.parse("test", String.join("\n", lines) + "\n", name -> Optional.of(TOKEN)
                .filter(token -> name.equals("TOKEN")));
    }

    private Process startPrometheus(SimulatedFleet fleet) throws IOException {
        var lines = new ArrayList<>(List.of("global: {scrape_interval: 1s, scrape_timeout: 1s}", "scrape_configs:"));
        for (Endpoint endpoint : fleet.endpoints()) {
            URI url = endpoint.url();
            lines.addAll(List.of(
                    "  - job_name: " + endpoint.cluster() + "-" + endpoint.instance(),
                    "    metrics_path: " + url.getPath(),
                    "    static_configs:",
                    "      - targets: ['" + url.getAuthority() + "']",
                    "        labels: {cluster: " + endpoint.cluster() + ", instance: '" + endpoint.instance() + "'}"));
        }
        lines.addAll(List.of(
                "remote_write:",
                "  - url: http://127.0.0.1:" + writePort + "/api/v1/write",
                "    authorization: {credentials: " + TOKEN + "}",
                "    queue_config: {batch_send_deadline: 100ms}"));
        Files.writeString(folder.resolve("prometheus.yml"), String.join("\n", lines) + "\n");
        return new ProcessBuilder(
                        "prometheus",
                        "--enable-feature=agent",
                        "--config.file=prometheus.yml",
                        "--storage.agent.path=" + folder.resolve("agent"),
                        "--web.listen-address=127.0.0.1:" + FreePort.any())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(AndonService andon) {
        Map<String, Object> config = new HashMap<>(andon.clients());
        config.put("bootstrap.servers", andon.bootstrapServers());
        config.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void assign(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }
}
