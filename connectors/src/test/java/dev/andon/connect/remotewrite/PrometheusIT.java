package dev.andon.connect.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.andon.connect.intake.Program;
import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.Measurement;
import dev.andon.schema.SingleObjectSerde;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes pages and sends them on. */
@Timeout(120)
class PrometheusIT {
    private final AtomicInteger scrapes = new AtomicInteger();

    @Test
    void hearsThroughARealPrometheusWhatHappenedBetweenItsScrapes(@TempDir Path folder) throws Exception {
        Path prometheus = Program.orSkip("prometheus");
        HttpServer apiserver = apiserver();
        try (RunningTask task = new RunningTask(
                new RemoteWriteSourceTask(),
                Map.of(
                        "listen.port", "0",
                        "scrape.settle.ms", "1500",
                        "bearer.token", "s3cret",
                        "measurements", "in-flight=apiserver_current_inflight_requests 1 HIGHER"))) {
            Files.writeString(folder.resolve("prometheus.yml"), configuration(apiserver, task));
            try (Program running = Program.start(
                    folder,
                    List.of(
                            prometheus.toString(),
                            "--enable-feature=agent",
                            "--config.file=prometheus.yml",
                            "--storage.agent.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + Program.freePort()))) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> written(task, "andon.apiserver-latency", ApiserverLatency.class)
                                        .size()
                                >= 4);
                assertThat(running.isRunning()).isTrue();
            }
            List<ApiserverLatency> samples = written(task, "andon.apiserver-latency", ApiserverLatency.class);
            assertThat(samples).allSatisfy(sample -> {
                assertThat(sample.getCluster()).isEqualTo("prod-west-3");
                assertThat(sample.getVerb()).isEqualTo("GET");
                assertThat(sample.getUpperBoundsSeconds()).containsExactly(0.1);
                // Every scrape finds two more fast requests and one more slow one.
                assertThat(sample.getCounts().get(0))
                        .isEqualTo(2 * sample.getCounts().get(1));
                assertThat(sample.getCodes())
                        .isEqualTo(Map.of("200", 3 * sample.getCounts().get(1)));
            });
            // Prometheus does not scrape on the millisecond: what must fit are the intervals and the times.
            for (int next = 1; next < samples.size(); next++) {
                assertThat(samples.get(next)
                                .getTime()
                                .minusMillis(samples.get(next).getIntervalMillis()))
                        .isEqualTo(samples.get(next - 1).getTime());
            }
            assertThat(written(task, "andon.measurements", Measurement.class)).isNotEmpty();
            assertThat(task.written("andon.dead-letters")).isEmpty();
            assertThat(task.totals().keySet()).noneMatch(name -> name.matches("requests-total\\{status=[45].*"));
        } finally {
            apiserver.stop(0);
        }
    }

    private static String configuration(HttpServer apiserver, RunningTask task) {
        return """
                global:
                  scrape_interval: 1s
                  external_labels: {cluster: prod-west-3}
                scrape_configs:
                  - job_name: apiserver
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                remote_write:
                  - url: %s
                    authorization: {credentials: s3cret}
                    queue_config: {batch_send_deadline: 200ms}
                """.formatted(apiserver.getAddress().getPort(), task.uri("/api/v1/write"));
    }

    private HttpServer apiserver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", request -> {
            byte[] page = page(scrapes.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
            request.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            request.sendResponseHeaders(200, page.length);
            try (request) {
                request.getResponseBody().write(page);
            }
        });
        server.start();
        return server;
    }

    private static String page(int scrape) {
        String labels = "{verb=\"GET\",scope=\"resource\",resource=\"pods\"";
        return "# TYPE apiserver_request_duration_seconds histogram\n"
                + "apiserver_request_duration_seconds_bucket" + labels + ",le=\"0.1\"} " + 2 * scrape + "\n"
                + "apiserver_request_duration_seconds_bucket" + labels + ",le=\"+Inf\"} " + 3 * scrape + "\n"
                + "apiserver_request_duration_seconds_sum" + labels + "} " + 1.5 * scrape + "\n"
                + "apiserver_request_duration_seconds_count" + labels + "} " + 3 * scrape + "\n"
                + "# TYPE apiserver_request_total counter\n"
                + "apiserver_request_total" + labels + ",code=\"200\"} " + 3 * scrape + "\n"
                + "# TYPE apiserver_current_inflight_requests gauge\n"
                + "apiserver_current_inflight_requests 7\n"
                + "# TYPE go_goroutines gauge\ngo_goroutines 3\n";
    }

    private static <T extends SpecificRecord> List<T> written(RunningTask task, String topic, Class<T> type) {
        var serde = new SingleObjectSerde<>(type);
        return task.written(topic).stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }
}
