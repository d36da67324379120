package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.andon.connect.common.ApiAccess;
import dev.andon.schema.RolloutEvent;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
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
@Timeout(60)
class ClusterWatchOutageTest {
    private final HttpServer server = server();
    private final List<RolloutEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private volatile int updated = 4;
    private volatile boolean away;
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
        await().atMost(Duration.ofSeconds(30)).until(() -> lists.get() >= 3);
        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L);
        updated = 10;

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L, 10L));
    }

    @Test
    void startsWhileTheServerIsAwayAndOutlastsItsAbsence() {
        away = true;
        watch.start();
        await().until(() -> lists.get() >= 1);
        assertThat(watch.synced()).isFalse();
        away = false;

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(events).extracting(RolloutEvent::getUpdated).containsExactly(4L));
        // Every watch ends at once, as when connections are cut, and begins again.
        int before = watches.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> watches.get() > before + 1);
        assertThat(events).hasSize(1);
    }

    private ClusterWatch watching() {
        var settings = new WatchSettings(
                "prod",
                List.of(WatchedKind.DEPLOYMENT),
                List.of(""),
                "andon.dev/watch=true",
                ApiAccess.OF_THIS_CLUSTER);
        var config = new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(50)
                .build();
        return new ClusterWatch(
                settings,
                new KubernetesClientBuilder().withConfig(config).build(),
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
