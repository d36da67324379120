package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.domain.Action;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Phase;
import dev.andon.http.view.FleetView;
import dev.andon.service.StartException;
import dev.andon.service.config.HttpConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiTest {
    private final Api api = Api.open();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void tellsClusters() {
        api.view.accept(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        api.view.accept(Facts.change(Api.NOW, false));
        api.view.accept(Facts.signal(Action.ALARM, Api.NOW));
        JsonNode answer = Api.json(api.get("/v1/clusters"));
        assertThat(answer.get("mode").asText()).isEqualTo("OBSERVE");
        JsonNode cluster = answer.get("clusters").get(0);
        assertThat(cluster.get("cluster").asText()).isEqualTo("prod-3000");
        assertThat(cluster.get("nodes").asLong()).isEqualTo(3000);
        assertThat(cluster.get("hurt").asBoolean()).isTrue();
        assertThat(cluster.get("changes").get(0).get("series").asText()).isEqualTo("apiserver/LIST/latency");
        assertThat(cluster.get("alarm").get("action").asText()).isEqualTo("ALARM");
    }

    @Test
    void tellsSignalsInTheContractsJson() {
        api.view.accept(Facts.signal(Action.HALT, Api.NOW));
        JsonNode signal = Api.json(api.get("/v1/signals")).get("signals").get(0);
        assertThat(signal.get("exposure").toString()).isEqualTo("{\"updated\":310,\"total\":3000,\"clusters\":1}");
    }

    @Test
    @Timeout(30)
    void streamsWhatHappens() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> stream = api.client()
                .send(
                        api.request("/v1/events")
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        Iterator<String> lines = stream.body().iterator();
        assertThat(lines.next()).isEqualTo(": listening");
        api.events.publish(Facts.signal(Action.HALT, Api.NOW));
        api.events.publish(Facts.event(Api.NOW, Phase.PROGRESSING, 310));
        assertThat(next(lines)).isEqualTo("event: signal");
        assertThat(next(lines))
                .startsWith("data: {\"time\":\"2026-01-14T22:30:00Z\",\"signalId\":")
                .contains("\"action\":\"HALT\"");
        assertThat(next(lines)).isEqualTo("event: rollout");
    }

    private static String next(Iterator<String> lines) {
        String line = lines.next();
        return line.isBlank() || line.startsWith(":") ? next(lines) : line;
    }

    @Test
    @Timeout(30)
    void stopsWithinSecondsAlthoughSomebodyListens() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> stream = api.client()
                .send(
                        api.request("/v1/events")
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(stream.body().iterator().next()).isEqualTo(": listening");
        long start = System.nanoTime();
        api.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void answersProbesAndMetrics() {
        assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
        HttpResponse<String> metrics = api.get("/metrics");
        assertThat(metrics.body()).isEqualTo("andon_up 1\n");
        assertThat(metrics.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void isAliveWhileItIsNotReady() {
        api.notReady = Optional.of("the detector restores its state");
        assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(api.get("/readyz").statusCode()).isEqualTo(503);
        api.fatal = Optional.of("the detector has stopped");
        assertThat(Api.json(api.get("/healthz")).get("detail").asText()).isEqualTo("the detector has stopped");
    }

    @Test
    void servesTheConsoleUnderAStrictPolicy() {
        HttpResponse<String> page = api.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("<title>Andon</title>")
                .doesNotContain("<script>")
                .doesNotContain(" style=");
    }

    @ParameterizedTest
    @CsvSource({"andon.js, text/javascript", "andon.css, text/css", "andon.svg, image/svg+xml"})
    void servesWhatTheConsoleIsMadeOf(String file, String type) {
        assertThat(api.get("/").body()).contains('"' + file + '"');
        HttpResponse<String> part = api.get("/" + file);
        assertThat(part.statusCode()).isEqualTo(200);
        assertThat(part.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }

    @ParameterizedTest
    @CsvSource({"/nothing, 404", "/v1/overrides, 405"})
    void saysWhatIsNotThereAsAProblem(String path, int status) {
        HttpResponse<String> answer = api.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void takesAnOperatorsWord() {
        var answer = api.post(
                "/v1/overrides",
                "{\"rolloutId\":\"web-42\",\"decision\":\"ALLOW\",\"actor\":\"kim\",\"reason\":\"a known blip\"}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(api.overrides)
                .containsExactly(new OperatorOverride(
                        Api.NOW,
                        "web-42",
                        Optional.empty(),
                        OperatorOverride.Decision.ALLOW,
                        "kim (ci)",
                        "a known blip",
                        Api.NOW.plusSeconds(3_600)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                                     | rolloutId is required but absent
                    {"rolloutId":"a","decision":"MAYBE","actor":"kim","reason":"r"}                        | decision must be ALLOW or HALT but was "MAYBE"
                    {"rolloutId":"a","decision":"ALLOW","actor":7,"reason":"r"}                            | actor must be a string but was 7
                    {"rolloutId":"a","decision":"ALLOW","actor":"k","reason":"r","expires":"soon"}         | expires must be an instant
                    {"rolloutId":"a","decision":"ALLOW","actor":"k","reason":"r","expires":"2026-01-14T22:30:00Z"} | expires must lie between now and 7 days
                    []                                                                                     | must be one JSON object
                    """)
    void refusesAnOverrideThatIsNotClear(String body, String message) {
        var answer = api.post("/v1/overrides", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).get("detail").asText()).contains(message);
        assertThat(api.overrides).isEmpty();
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() {
        HttpConfig taken = new HttpConfig("127.0.0.1", api.port(), List.of());
        HttpApi.Parts parts =
                new HttpApi.Parts(new FleetView(), new EventHub(), api, api, () -> "", Mode.ENFORCE, Clock.systemUTC());
        assertThatThrownBy(() -> HttpApi.start(taken, parts))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the HTTP address 127.0.0.1:" + api.port() + " is taken");
    }
}
