package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.andon.connect.common.ApiAccess;
import dev.andon.connect.common.ApiClient;
import dev.andon.schema.RolloutEvent;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an API server that lists one Deployment and is as unreliable as a test wants it. */
@Timeout(150)
class ClusterWatchOutageTest {
    private static final int REQUEST_MILLIS = 1_000;
    private static final int FIRST_PAUSE_MILLIS = 50;

    /**
     * The longest way that an informer goes: it waits for an answer and for the rest of it, and pauses, three times over.
     * Besides, loading the classes of the client takes a busy machine half a minute.
     */
    private static final Duration PATIENCE = ApiClient.longestPause(FIRST_PAUSE_MILLIS)
            .plusMillis(2 * REQUEST_MILLIS)
            .multipliedBy(3)
            .plusSeconds(45);

    private final HttpServer server = server();
    private final List<RolloutEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private volatile int updated = 4;
    private volatile boolean away;
    private volatile boolean stalling;
    private volatile String watchAnswer = "";
    private final ClusterWatch watch = watching();

    @AfterEach
    void stop() {
        watch.close();
        server.stop(0);
    }

    @Test
    void listsAgainWhenItsVersionIsGoneAndSaysOnlyWhatIsNew() {
        watchAnswer =
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\","
                        + "\"reason\":\"Expired\",\"message\":\"too old resource version\",\"code\":410}}\n";
        watch.start();
        await().atMost(PATIENCE).until(() -> lists.get() >= 3);
        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L);
        updated = 10;

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L, 10L));
    }

    @Test
    void startsWhileTheServerIsAwayAndOutlastsItsAbsence() {
        away = true;
        watch.start();
        await().atMost(PATIENCE).until(() -> lists.get() >= 1);
        assertThat(watch.synced()).isFalse();
        away = false;

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L));
        // Every watch ends at once, as when connections are cut, and begins again.
        int before = watches.get();
        await().atMost(PATIENCE).until(() -> watches.get() > before + 1);
        assertThat(events).hasSize(1);
    }

    @Test
    void listsAgainWhenAListStopsHalfWay() {
        stalling = true;
        watch.start();
        await().atMost(PATIENCE).until(() -> lists.get() >= 2);
        assertThat(watch.synced()).isFalse();
        stalling = false;

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L));
    }

    private ClusterWatch watching() {
        var settings = new WatchSettings(
                "prod",
                List.of(WatchedKind.DEPLOYMENT),
                List.of(""),
                "andon.dev/watch=true",
                WatchSettings.Facts.NONE,
                new ApiAccess(
                        Optional.of("http://127.0.0.1:" + server.getAddress().getPort()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return new ClusterWatch(
                settings,
                ApiClient.of(settings.access(), REQUEST_MILLIS, FIRST_PAUSE_MILLIS),
                Clock.systemUTC(),
                object -> Optional.empty(),
                (object, said, event) -> events.add(event));
    }

    private HttpServer server() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.setExecutor(Executors.newCachedThreadPool(work -> {
                var thread = new Thread(work, "api-server");
                thread.setDaemon(true);
                return thread;
            }));
            made.createContext("/apis/apps/v1/deployments", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (stalling) {
            lists.incrementAndGet();
            // The rest never comes, and the connection stays.
            exchange.sendResponseHeaders(200, list().length());
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            return;
        }
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            boolean watching = query.contains("watch=true");
            (watching ? watches : lists).incrementAndGet();
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            String body = watching ? watchAnswer : list();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private String list() {
        var deployment = Objects.deployment("web:2", 2, 2, updated, 10);
        deployment.getMetadata().setResourceVersion("" + (100 + updated));
        return "{\"kind\":\"DeploymentList\",\"apiVersion\":\"apps/v1\",\"metadata\":{\"resourceVersion\":\""
                + (100 + updated) + "\"},\"items\":[" + Serialization.asJson(deployment) + "]}";
    }
}
