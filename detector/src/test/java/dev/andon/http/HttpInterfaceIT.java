package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.codec.JsonCodec;
import dev.andon.domain.Phase;
import dev.andon.service.AndonService;
import dev.andon.service.StreamsApplication;
import dev.andon.service.config.AndonConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is posted goes through Kafka before it is shown, and the gate asks Kafka whether it knows all. */
class HttpInterfaceIT {
    private static final String TOKEN = "a-token-of-a-test-0123456789";

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<String> url = new AtomicReference<>("");
    private final Clock clock = Clock.systemUTC();

    @Test
    void showsWhatWasPostedAndOpensTheGateOnlyWhileItKnowsAll() throws Exception {
        try (AndonService service = start()) {
            await().untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));
            assertThat(gate().statusCode()).isEqualTo(503);
            assertThat(post(new JsonCodec(field -> {})
                                    .write(Facts.event(
                                            clock.instant().truncatedTo(ChronoUnit.MILLIS), Phase.PROGRESSING, 310)))
                            .statusCode())
                    .isEqualTo(202);
            await().untilAsserted(() -> assertThat(get("/v1/rollouts").body()).contains("\"updated\":310"));
            assertThat(gate().statusCode()).isEqualTo(200);
            assertThat(post("{").statusCode()).isEqualTo(400);
            assertThat(service.health().ready()).isTrue();
        }
    }

    @Test
    void servesAConsoleThatLoadsNothingFromElsewhere() throws Exception {
        try (AndonService service = start()) {
            assertThat(service.health().live()).isTrue();
            HttpResponse<String> page = get("/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>Andon</title>", "andon.js", "andon.css");
            assertThat(page.body()).doesNotContain("http://", "https://", "<script>", "style=");
            for (String path : List.of("/", "/andon.js", "/andon.css", "/andon.svg")) {
                HttpResponse<String> answer = get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(header(answer, "Content-Security-Policy"))
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
            }
            assertThat(get("/../andon.yaml").statusCode()).isIn(400, 404);
            assertThat(get("/nothing-here").statusCode()).isEqualTo(404);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private AndonService start() {
        AndonConfig config = AndonConfig.parse("andon.yaml", """
                data: {dir: '%s'}
                kafka: {port: 0, partitions: 2}
                http: {port: 0, tokens: [{name: ci, token: %s}]}
                """.formatted(folder, TOKEN), name -> Optional.empty());
        AndonService.Http http = service -> {
            HttpInterface opened = HttpInterface.open(service, clock);
            url.set(opened.url());
            return opened;
        };
        return AndonService.start(config, new AndonService.Parts(context -> new Idle(), http, Optional.empty(), clock));
    }

    private HttpResponse<String> gate() throws IOException, InterruptedException {
        return get("/v1/rollouts/" + Facts.AGENT + "/gate");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return client.send(
                request("/v1/rollouts")
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url.get() + path)).timeout(Duration.ofSeconds(20));
    }

    /** A detector that is at work and finds nothing. */
    private static final class Idle implements StreamsApplication {
        @Override
        public void start() {}

        @Override
        public State state() {
            return new State(StreamsApplication.Phase.RUNNING, "");
        }

        @Override
        public void close(Duration limit) {}
    }
}
