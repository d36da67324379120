package dev.andon.connect.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.Measurement;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.Worse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PrometheusQuerySourceTest {
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String result = "";
    private volatile String warnings = "";
    private final HttpServer server = server();

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 14999, 0, ''",
        "0, 15000, 0, 15000-15000",
        "0, 44999, 30000, ''",
        "0, 45000, 30000, 15000-15000",
        "7000, 60000, 0, 15000-60000",
        "0, 900000, 0, 15000-60000"
    })
    void asksForStepsThatAreOverAndOnlyForSoManyAtOnce(long done, long now, long lag, String steps) {
        assertThat(Steps.next(done, now, 15_000, lag, 4).map(next -> next.fromMillis() + "-" + next.toMillis()))
                .isEqualTo(steps.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(steps));
    }

    @Test
    void writesHistoryAndItsOffsetsStepByStep() {
        long step = Math.floorDiv(Instant.now().toEpochMilli(), 60_000) * 60_000 - 600_000;
        result = series("a", step, "1.5", step + 60_000, "NaN") + "," + series("b", step, "2", step + 60_000, "3");
        try (RunningTask task = task(Map.of("from", Instant.ofEpochMilli(step).toString()))) {
            await().until(() -> task.written("andon.measurements").size() >= 3);

            var serde = new SingleObjectSerde<>(Measurement.class);
            assertThat(task.written("andon.measurements"))
                    .extracting(record -> serde.decode((byte[]) record.value()).getSeries()
                            + " " + (record.timestamp() - step)
                            + " " + serde.decode((byte[]) record.value()).getValue()
                            + " done "
                            + (Long.parseLong("" + record.sourceOffset().get("doneMillis")) - step))
                    .containsExactly(
                            "job-a/p99 0 1.5 done -60000", "job-b/p99 0 2.0 done 0", "job-b/p99 60000 3.0 done 60000");
            assertThat(task.totals()).containsEntry("rejected-total{reason=not_a_number}", 1.0);
            assertThat(asked.get(0))
                    .containsEntry("query", "max by (job, cluster) (x)")
                    .containsEntry("step", "60.0");
        }
    }

    @Test
    void tellsEmptyPartialAndFailedApartAndWritesNothing() {
        try (RunningTask task =
                task(Map.of("from", Instant.now().minusSeconds(600).toString()))) {
            await().until(() -> task.totals().containsKey("rejected-total{reason=empty}"));
            assertThat(task.written("andon.measurements")).isEmpty();
        }
        warnings = ",\"warnings\":[\"a store is away\"]";
        try (RunningTask task =
                task(Map.of("from", Instant.now().minusSeconds(600).toString()))) {
            await().until(() -> task.totals().containsKey("rejected-total{reason=partial}"));
        }
        status = 503;
        try (RunningTask task =
                task(Map.of("from", Instant.now().minusSeconds(600).toString()))) {
            await().until(() -> task.totals().containsKey("rejected-total{reason=query_failed}"));
        }
    }

    @Test
    void asksTheServerBeforeItAccepts() {
        var connector = new PrometheusQuerySourceConnector();
        assertThat(errors(connector, props())).isEmpty();
        status = 400;
        assertThat(error(connector, "queries")).contains("<job>/p99: answered 400");
        status = 401;
        assertThat(error(connector, "prometheus.url")).contains("answered 401; check the token");
        server.stop(0);
        assertThat(error(connector, "prometheus.url")).contains("no answer (ConnectException)");
    }

    @Test
    void asksNobodyWhileAFieldIsWrong() {
        var props = new HashMap<>(props());
        props.put("queries", "nonsense");
        props.put("prometheus.url", "ftp://x");

        assertThat(errors(new PrometheusQuerySourceConnector(), props))
                .containsOnlyKeys("queries", "prometheus.url")
                .hasEntrySatisfying("queries", messages -> assertThat(messages.get(0))
                        .contains("'nonsense' is no query; write series unit HIGHER|LOWER|EITHER: PromQL"));
        assertThat(asked).isEmpty();
    }

    @Test
    void givesEachQueryToOneTaskAndTakesOnlyOffsetsItUnderstands() {
        var connector = new PrometheusQuerySourceConnector();
        connector.start(
                Map.of("prometheus.url", "http://p", "queries", "a 1 HIGHER: x\nb 1 LOWER: sum(y, z)\nc 1 EITHER: z"));

        assertThat(connector.taskConfigs(2))
                .extracting(config -> config.get("queries"))
                .containsExactly("a 1 HIGHER: x\nc 1 EITHER: z", "b 1 LOWER: sum(y, z)");
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(connector.alterOffsets(Map.of(), Map.of(Map.of("query", "x"), Map.of("doneMillis", 5L))))
                .isTrue();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> connector.alterOffsets(Map.of(), Map.of(Map.of("query", "x"), Map.of("done", "x"))));
        assertThat(ServiceLoader.load(SourceConnector.class))
                .hasAtLeastOneElementOfType(PrometheusQuerySourceConnector.class);
        assertThat(RangeQuery.parse("<job>/p99 s HIGHER: a:b:c{d=\"e\"}"))
                .isEqualTo(new RangeQuery("<job>/p99", "s", Worse.HIGHER, "a:b:c{d=\"e\"}"));
    }

    private String error(PrometheusQuerySourceConnector connector, String option) {
        return String.join("; ", errors(connector, props()).getOrDefault(option, List.of()));
    }

    private RunningTask task(Map<String, String> more) {
        var props = new HashMap<>(props());
        props.putAll(more);
        return new RunningTask(new PrometheusQuerySourceTask(), props);
    }

    private Map<String, String> props() {
        return Map.of(
                "prometheus.url", "http://127.0.0.1:" + server.getAddress().getPort(),
                "queries", "<job>/p99 s HIGHER: max by (job, cluster) (x)",
                "step.ms", "60000");
    }

    private static String series(String job, long t1, String v1, long t2, String v2) {
        return "{\"metric\":{\"job\":\"job-%s\",\"cluster\":\"prod\"},\"values\":[[%s,\"%s\"],[%s,\"%s\"]]}"
                .formatted(job, t1 / 1000.0, v1, t2 / 1000.0, v2);
    }

    private static Map<String, List<String>> errors(
            PrometheusQuerySourceConnector connector, Map<String, String> props) {
        var errors = new HashMap<String, List<String>>();
        connector.validate(props).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }

    private HttpServer server() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/api/v1/query_range", exchange -> {
                try (exchange) {
                    var form = new HashMap<String, String>();
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    Arrays.stream(body.split("&", -1))
                            .map(pair -> pair.split("=", 2))
                            .forEach(pair -> form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
                    asked.add(form);
                    String answer = status == 200
                            ? "{\"status\":\"success\"" + warnings + ",\"data\":{\"resultType\":\"matrix\",\"result\":["
                                    + result + "]}}"
                            : "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}";
                    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
