package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running service, against one that answers what it was told to. */
class ServiceCommandsTest {
    private final Terminal terminal = new Terminal();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{}";

    @TempDir
    private Path folder = Path.of("");

    ServiceCommandsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + sent);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void showsClustersAndRolloutsWithTheReason() {
        body = """
                {"now":"2026-01-14T22:30:00Z","mode":"OBSERVE","trouble":"its state is being restored",
                 "clusters":[{"cluster":"prod-3000","hurt":true,"apiserver":{"p99Seconds":2.9},"dns":{"errorRatio":0.012}},
                             {"cluster":"fine","hurt":false,"lastSample":"2026-01-14T22:29:46Z","intervalMillis":1000},
                             {"cluster":"slow","hurt":false,"lastSample":"2026-01-14T22:28:31Z","intervalMillis":30000},
                             {"cluster":"gone","hurt":false,"lastSample":"2026-01-14T22:28:29Z","intervalMillis":30000},
                             {"cluster":"new","hurt":false}],
                 "rollouts":[{"rolloutId":"agent-7f3","phase":"ABORTED","updated":310,"total":3000,
                              "standing":{"action":"HALT","reason":"LIST latency rose"}},
                             {"rolloutId":"web-42","phase":"PROGRESSING","updated":1,"total":2}]}
                """;
        assertThat(terminal.run("status", "--url", url())).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out().lines())
                .containsExactly(
                        "mode     observe: signals are withheld, nothing is stopped",
                        "trouble  cannot decide: its state is being restored",
                        "cluster  prod-3000                HURT    p99 2.9 s    dns errors 1.2 %",
                        "cluster  fine                     fine    p99 -        dns errors -",
                        "cluster  slow                     fine    p99 -        dns errors -",
                        "cluster  gone                     silent  p99 -        dns errors -",
                        "cluster  new                      no data p99 -        dns errors -",
                        "rollout  agent-7f3                HALT        310/3000",
                        "         LIST latency rose",
                        "rollout  web-42                   progressing 1/2");
    }

    @Test
    void showsHowFarWhatStandsWasDelivered() {
        body = """
                {"now":"2026-01-14T22:30:00Z",
                 "clusters":[{"cluster":"prod-3000","hurt":true,
                              "alarm":{"action":"ALARM"},
                              "delivered":{"emitted":"2026-01-14T22:30:00Z","repetitions":0,"sinks":[]}}],
                 "rollouts":[{"rolloutId":"agent-7f3","phase":"PAUSED","updated":310,"total":3000,
                              "standing":{"action":"HALT","reason":"LIST latency rose"},
                              "delivered":{"emitted":"2026-01-14T22:30:00Z","repetitions":1,
                                "sent":"2026-01-14T22:30:00.4Z","verified":"2026-01-14T22:30:03.1Z",
                                "stopped":"2026-01-14T22:30:02.5Z","haltedAfterMillis":2500,
                                "sinks":[{"sink":"cd","sent":"2026-01-14T22:30:00.9Z"},
                                         {"sink":"k8s","sent":"2026-01-14T22:30:00.4Z","verified":"2026-01-14T22:30:03.1Z"},
                                         {"sink":"mail","failures":3,"trouble":"the receiver answered 503",
                                          "retryAt":"2026-01-14T22:31:00Z"},
                                         {"sink":"pager","sent":"2026-01-14T22:29:59.8Z","failures":1,"trouble":"no answer"}]}},
                             {"rolloutId":"web-42","phase":"PROGRESSING","updated":1,"total":2,
                              "standing":{"action":"HOLD","reason":"too early to tell"},
                              "delivered":{"emitted":"2026-01-14T22:30:00Z","repetitions":0,
                                "sinks":[{"sink":"cd","suppressed":"2026-01-14T22:30:01Z"}]}}]}
                """;
        assertThat(terminal.run("status", "--url", url())).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out().lines().filter(line -> line.startsWith("   ")).map(String::strip))
                .containsExactly(
                        "ALARM emitted 2026-01-14T22:30:00Z, not sent by any sink",
                        "LIST latency rose",
                        "HALT emitted 2026-01-14T22:30:00Z, said again once, sent -0.20 s (cd, k8s, pager),"
                                + " verified +3.1 s (k8s), stopped +2.5 s",
                        "halted 2.5 s after the HALT",
                        "mail failed 3 times: the receiver answered 503; tried again at 2026-01-14T22:31:00Z",
                        "pager failed once: no answer; given up",
                        "too early to tell",
                        "HOLD emitted 2026-01-14T22:30:00Z, suppressed +1.0 s (cd)");
    }

    @Test
    void sendsAnOverrideWithTheTokenOfAFile() throws IOException {
        body = "{\"expires\":\"2026-01-14T23:30:00Z\"}";
        Path token = Files.writeString(folder.resolve("token"), "a-token-of-a-test\n");
        assertThat(terminal.run(
                        "override",
                        "allow",
                        "web-42",
                        "--reason",
                        "known",
                        "--token-file",
                        token.toString(),
                        "--url",
                        url()))
                .isEqualTo(ExitCode.DONE);
        assertThat(requests)
                .containsExactly("POST /v1/overrides Bearer a-token-of-a-test"
                        + " {\"rolloutId\":\"web-42\",\"decision\":\"ALLOW\",\"reason\":\"known\"}");
        assertThat(terminal.out().strip()).isEqualTo("web-42: allow until 2026-01-14T23:30:00Z");
    }

    @Test
    void repeatsWhatTheServiceSaysWhenItRefuses() throws IOException {
        status = 401;
        body = "{\"detail\":\"send a token that stands under http.tokens\"}";
        Path token = Files.writeString(folder.resolve("token"), "the-wrong-token");
        assertThat(terminal.run(
                        "override",
                        "halt",
                        "web-42",
                        "--reason",
                        "x",
                        "--token-file",
                        token.toString(),
                        "--url",
                        url()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(terminal.err())
                .contains("refused: send a token that stands under http.tokens")
                .doesNotContain("the-wrong-token");
    }

    @Test
    void saysThatNobodyAnswers() {
        String gone = url();
        server.stop(0);
        assertThat(terminal.run("status", "--url", gone)).isEqualTo(ExitCode.FAILED);
        assertThat(terminal.err()).contains("nobody answers at " + gone);
    }

    @Test
    void refusesADecisionThatIsNoneAndAnAddressThatIsNone() {
        assertThat(terminal.run("override", "maybe", "web-42", "--reason", "x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.run("status", "--url", "nowhere")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("is no address such as http://127.0.0.1:8080");
    }
}
