package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutPosterTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile int status = 202;
    private HttpServer server;
    private RolloutPoster poster;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/rollouts", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/rollouts");
        poster = new RolloutPoster(url, "the-token", problems::add);
    }

    @AfterEach
    void stop() {
        poster.close();
        server.stop(0);
    }

    private static RolloutEvent event(long updated) {
        return new RolloutEvent(
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(updated),
                "agent-1",
                "prod",
                Phase.PROGRESSING,
                new Workload("DaemonSet", "ns", "agent"),
                Optional.empty(),
                Optional.of(new Coverage(updated, 100)),
                OptionalLong.of(100),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void postsEventsInTheirOrderAsTheContractWritesThem() {
        List<RolloutEvent> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) events.add(event(i));

        events.forEach(poster);

        await().until(() -> bodies.size() == 10);
        JsonCodec codec = new JsonCodec(field -> {});
        assertThat(bodies.stream().map(body -> codec.read(InputKind.ROLLOUTS, body)))
                .isEqualTo(events);
        assertThat(tokens).containsOnly("Bearer the-token");
        assertThat(problems).isEmpty();
    }

    @Test
    void triesAgainWhileTheServerIsInTrouble() {
        status = 503;

        poster.accept(event(1));

        await().until(() -> !problems.isEmpty());
        assertThat(poster.failed()).isEqualTo(1);
        assertThat(bodies).hasSize(5);
        assertThat(problems).singleElement().asString().contains("answered 503", "agent-1");
    }

    @Test
    void tellsARefusalOnceAndWithoutTheToken() {
        status = 401;

        poster.accept(event(1));

        await().until(() -> !problems.isEmpty());
        assertThat(poster.failed()).isEqualTo(1);
        assertThat(bodies).hasSize(1);
        assertThat(problems).singleElement().asString().contains("answered 401").doesNotContain("the-token");
    }
}
