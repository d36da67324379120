package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.andon.connect.common.ApiAccess;
import dev.andon.connect.common.ApiClient;
import dev.andon.connect.common.TestClock;
import dev.andon.connect.intake.RunningTask;
import dev.andon.connect.outlet.Outlet;
import dev.andon.schema.ClusterInfo;
import dev.andon.schema.SingleObjectSerde;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an API server that has nodes and ConfigMaps, and refuses what it is told to. */
@Timeout(60)
class ClusterFactsTest {
    private static final String COREDNS = "/api/v1/namespaces/kube-system/configmaps/coredns";
    private static final String NODE_LOCAL = "/api/v1/namespaces/kube-system/configmaps/node-local-dns";
    private static final String NODES = "/api/v1/nodes";
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final HttpServer server = server();
    private final String url = "http://127.0.0.1:" + server.getAddress().getPort();
    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final KubernetesClient client = ApiClient.of(
            new ApiAccess(
                    Optional.of(url),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            5_000);

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void tellsTheNumberOfNodesAndTheLongestLifetimeOfTheCaches() {
        nodes(3000);
        corefile(COREDNS, ".:53 {\n cache 30 {\n serve_stale 20m\n }\n}");
        corefile(NODE_LOCAL, ".:53 {\n cache 60\n}");

        assertThat(facts(ClusterFact.values()).look()).isEqualTo(INTERVAL);
        assertThat(told).containsExactly("prod 3000 nodes, caches 1260 s");
    }

    @Test
    void asksForOneNodeHoweverManyThereAre() {
        nodes(3000);
        corefile(COREDNS, ".:53 {\n cache 30\n}");
        facts(ClusterFact.values()).look();

        assertThat(asked).containsExactly(NODES + "?limit=1", COREDNS, NODE_LOCAL);
    }

    @Test
    void isQuietWhileLittleChanges() {
        nodes(100);
        corefile(COREDNS, ".:53 {\n cache 30\n}");
        ClusterFacts facts = facts(ClusterFact.values());
        for (int minute = 0; minute < 59; minute++) {
            nodes(100 + minute % 3);
            facts.look();
            clock.advance(INTERVAL);
        }

        assertThat(told).hasSizeBetween(2, 6).allMatch(each -> each.startsWith("prod 10"));
    }

    @Test
    void leavesOutWhatItIsToldToLeaveOut() {
        nodes(7);
        corefile(COREDNS, ".:53 {\n cache 30\n}");
        facts(ClusterFact.NODES).look();
        facts(ClusterFact.DNS_CACHE).look();
        facts().look();

        assertThat(told).containsExactly("prod 7 nodes, caches null s", "prod null nodes, caches 30 s");
        assertThat(asked).containsExactly(NODES + "?limit=1", COREDNS, NODE_LOCAL);
    }

    @Test
    void leavesOutWhatItMayNotSee() {
        nodes(7);
        corefile(COREDNS, ".:53 {\n cache 30\n}");
        refusals.put(NODES, 403);
        assertThat(facts(ClusterFact.values()).look()).isEqualTo(INTERVAL);
        refusals.clear();
        refusals.put(NODE_LOCAL, 403);
        assertThat(facts(ClusterFact.values()).look()).isEqualTo(INTERVAL);

        assertThat(told).containsExactly("prod null nodes, caches 30 s", "prod 7 nodes, caches null s");
    }

    @Test
    void takesWhatIsNotThereForNoCacheAndNothingThereForNotKnown() {
        nodes(7);
        facts(ClusterFact.values()).look();
        corefile(NODE_LOCAL, ".:53 {\n cache 30\n}");
        facts(ClusterFact.values()).look();

        assertThat(told).containsExactly("prod 7 nodes, caches null s", "prod 7 nodes, caches 30 s");
    }

    @Test
    void refusesEachVersionOfABadCorefileOnceAndGoesOn() {
        nodes(7);
        corefile(COREDNS, "garbage");
        ClusterFacts facts = facts(ClusterFact.values());
        facts.look();
        facts.look();
        corefile(COREDNS, ".:53 {");
        facts.look();
        object(COREDNS, Map.of("other", "x"));
        facts.look();
        corefile(COREDNS, ".:53 {\n cache 30\n}");
        facts.look();

        assertThat(told).containsExactly("prod 7 nodes, caches null s", "prod 7 nodes, caches 30 s");
        assertThat(refused)
                .containsExactly(
                        "kube-system/coredns BAD_COREFILE there is no server block with a plugin in it",
                        "kube-system/coredns BAD_COREFILE line 1: the block that begins here does not end",
                        "kube-system/coredns BAD_COREFILE the ConfigMap has no key Corefile");
    }

    @Test
    void asksAnApiServerThatDoesNotAnswerLessAndLessOften() {
        nodes(7);
        refusals.put(NODES, 503);
        ClusterFacts facts = facts(ClusterFact.NODES);
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            minutes.add(facts.look().toMinutes());
        }
        refusals.clear();
        minutes.add(facts.look().toMinutes());

        assertThat(minutes).containsExactly(2L, 4L, 8L, 16L, 16L, 16L, 1L);
        assertThat(told).containsExactly("prod 7 nodes, caches null s");
    }

    @Test
    void writesWhatItSeesToTheirTopicAndRefusalsWithoutTheTextToDeadLetters() {
        nodes(12);
        corefile(COREDNS, ".:53 {\n etcd {\n  credentials user hunter2\n }\n cache 0\n}");
        try (RunningTask task = new RunningTask(
                new KubernetesWatchSourceTask(),
                Map.of("cluster", "prod", "kinds", "Deployment", "namespaces", "shop", "kubernetes.url", url))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !task.written("andon.clusters").isEmpty());

            SourceRecord record = task.written("andon.clusters").get(0);
            assertThat(new String((byte[]) record.key(), StandardCharsets.UTF_8))
                    .isEqualTo("prod");
            ClusterInfo info = new SingleObjectSerde<>(ClusterInfo.class).decode((byte[]) record.value());
            assertThat(info.getNodes()).isEqualTo(12);
            assertThat(info.getDnsCacheSeconds()).isNull();
            assertThat(info.getFleet()).isNull();
            assertThat(info.getEnvironment()).isNull();
            SourceRecord letter = task.written("andon.dead-letters").get(0);
            assertThat((byte[]) letter.value()).isEmpty();
            assertThat(letter.headers().lastWithName(Outlet.REASON_HEADER).value())
                    .isEqualTo("bad_corefile");
            assertThat(letter.headers().toString()).contains("line 5").doesNotContain("hunter2");
            assertThat(task.totals()).containsEntry("rejected-total{reason=bad_corefile}", 1.0);
        }
    }

    private ClusterFacts facts(ClusterFact... wanted) {
        var settings = new WatchSettings(
                "prod",
                List.of(),
                List.of(),
                "",
                new WatchSettings.Facts(
                        Set.of(wanted),
                        List.of(
                                new ConfigMapName("kube-system", "coredns"),
                                new ConfigMapName("kube-system", "node-local-dns")),
                        INTERVAL),
                ApiAccess.OF_THIS_CLUSTER);
        return new ClusterFacts(settings, client, clock, new ClusterFacts.Telling() {
            @Override
            public void tell(ClusterInfo info) {
                told.add(info.getCluster() + " " + info.getNodes() + " nodes, caches " + info.getDnsCacheSeconds()
                        + " s");
            }

            @Override
            public void refused(ConfigMapName where, RefusedException why) {
                refused.add(where + " " + why.reason() + " " + why.getMessage());
            }
        });
    }

    private void nodes(long count) {
        objects.put(
                NODES,
                "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{\"continue\":\"x\",\"remainingItemCount\":"
                        + (count - 1) + "},\"items\":[{\"kind\":\"Node\",\"metadata\":{\"name\":\"n\"}}]}");
    }

    private void corefile(String path, String text) {
        object(path, Map.of("Corefile", text));
    }

    private void object(String path, Map<String, String> data) {
        objects.put(
                path,
                Serialization.asJson(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("any")
                        .withResourceVersion(Integer.toString(data.hashCode()))
                        .endMetadata()
                        .withData(data)
                        .build()));
    }

    private HttpServer server() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            String path = exchange.getRequestURI().getPath();
            @Nullable String object = objects.get(path);
            int status = refusals.getOrDefault(path, object == null ? 404 : 200);
            byte[] body = status == 200 && object != null ? object.getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
