package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.Measurement;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.View;
import dev.andon.testing.FreePort;
import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Every other source as a user gets it: from the packed plugin, in a class loader of its own, into a real topic. */
@WithKafka
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackagedSourcesIT {
    private static final String PACKAGE = "dev.andon.connect.";
    private static final String TOKEN = "t0ken";
    private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + TOKEN);

    private final KafkaBroker kafka;
    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedConnect connect;

    PackagedSourcesIT(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeAll
    void start() {
        connect = EmbeddedConnect.start(new EmbeddedConnect.Settings(
                kafka.bootstrapServers(),
                Path.of(System.getProperty("andon.plugins")),
                "sources.",
                (short) 1,
                Map.of()));
    }

    @AfterAll
    void stop() {
        connect.close();
    }

    @Test
    void remoteWriteTakesASample() throws Exception {
        int port = FreePort.any();
        create(
                "remotewrite.RemoteWriteSourceConnector",
                "measurements.topic",
                Map.of(
                        "listen.port",
                        "" + port,
                        "bearer.token",
                        TOKEN,
                        "measurements",
                        "depth=workqueue_depth 1 HIGHER"));
        var headers = new HashMap<>(BEARER);
        headers.put("Content-Type", "application/x-protobuf");
        headers.put("Content-Encoding", "snappy");
        byte[] body = RemoteWriteBody.of(
                Map.of("__name__", "workqueue_depth", "cluster", "prod"), 7, System.currentTimeMillis());

        assertThat(post(port, "/api/v1/write", headers, body)).isEqualTo(204);

        assertThat(first("remotewrite.RemoteWriteSourceConnector", Measurement.class)
                        .getValue())
                .isEqualTo(7);
    }

    @Test
    void auditSumsUpACall() throws Exception {
        int port = FreePort.any();
        create(
                "audit.AuditSourceConnector",
                "apiserver.latency.topic",
                Map.of("listen.port", "" + port, "bearer.token", TOKEN, "interval.ms", "1000", "lateness.ms", "8000"));
        Instant end = Instant.now();
        String list = """
                {"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[{"stage":"ResponseComplete","verb":"list",
                 "user":{"username":"system:serviceaccount:obs:agent"},"objectRef":{"resource":"pods"},
                 "responseStatus":{"code":200},"requestReceivedTimestamp":"%s","stageTimestamp":"%s"}]}""".formatted(end.minusMillis(300), end);

        assertThat(post(port, "/v1/audit/prod/api-1", BEARER, list.getBytes(UTF_8)))
                .isEqualTo(200);

        ApiserverLatency sample = first("audit.AuditSourceConnector", ApiserverLatency.class);
        assertThat(sample.getClient()).isEqualTo("system:serviceaccount:obs:agent");
        assertThat(sample.getCodes()).isEqualTo(Map.of("200", 1L));
    }

    @Test
    void rolloutEventsTakesWhatArgoCdTells() throws Exception {
        int port = FreePort.any();
        create(
                "events.RolloutEventsSourceConnector",
                "rollouts.topic",
                Map.of("listen.port", "" + port, "argocd.token", TOKEN));

        assertThat(post(
                        port,
                        "/v1/events/argocd/prod",
                        BEARER,
                        "{\"application\":\"web\",\"phase\":\"Running\"}".getBytes(UTF_8)))
                .isEqualTo(204);

        RolloutEvent event = first("events.RolloutEventsSourceConnector", RolloutEvent.class);
        assertThat(event.getPhase()).isEqualTo(Phase.PROGRESSING);
        assertThat(event.getCluster()).isEqualTo("prod");
    }

    @Test
    void dnsProbeCountsAnAnswer() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server));
            answering.setDaemon(true);
            answering.start();
            create(
                    "probe.DnsProbeSourceConnector",
                    "dns.errors.topic",
                    Map.of(
                            "dns.servers", "prod/dns-1=127.0.0.1:" + server.getLocalPort(),
                            "queries", "example.com",
                            "interval.ms", "500",
                            "queries.per.second", "10"));

            DnsErrors answers = first("probe.DnsProbeSourceConnector", DnsErrors.class);
            assertThat(answers.getView()).isEqualTo(View.PROBE);
            assertThat(answers.getServer()).isEqualTo("dns-1");
        }
    }

    /** Sends every question back as an answer that holds nothing. */
    private static void answer(DatagramSocket server) {
        var packet = new DatagramPacket(new byte[512], 512);
        try {
            while (true) {
                server.receive(packet);
                packet.getData()[2] |= (byte) 0x80;
                server.send(packet);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void prometheusQueryTakesAPoint() throws Exception {
        try (FakeRangeServer prometheus = new FakeRangeServer(Duration.ZERO)) {
            create(
                    "query.PrometheusQuerySourceConnector",
                    "measurements.topic",
                    Map.of(
                            "prometheus.url", prometheus.url(),
                            "queries", "now 1 HIGHER: time()",
                            "step.ms", "1000",
                            "lag.ms", "0"));

            Measurement point = first("query.PrometheusQuerySourceConnector", Measurement.class);
            assertThat(point.getValue()).isEqualTo((double) point.getTime().getEpochSecond());
        }
    }

    @Test
    void kubernetesWatchTellsOfADaemonSetThatIsSpreading() throws Exception {
        HttpServer apiserver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiserver.createContext("/", request -> {
            boolean watch = String.valueOf(request.getRequestURI().getQuery()).contains("watch=true");
            byte[] list = watch ? new byte[0] : DAEMON_SETS.getBytes(UTF_8);
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(200, list.length == 0 ? -1 : list.length);
            try (request) {
                request.getResponseBody().write(list);
            }
        });
        apiserver.start();
        try {
            create(
                    "watch.KubernetesWatchSourceConnector",
                    "rollouts.topic",
                    Map.of(
                            "cluster", "prod",
                            "kinds", "DaemonSet",
                            "cluster.facts", "",
                            "kubernetes.url",
                                    "http://127.0.0.1:" + apiserver.getAddress().getPort()));

            RolloutEvent event = first("watch.KubernetesWatchSourceConnector", RolloutEvent.class);
            assertThat(event.getPhase()).isEqualTo(Phase.PROGRESSING);
            assertThat(event.getUpdated()).isEqualTo(3);
            assertThat(event.getTotal()).isEqualTo(9);
        } finally {
            apiserver.stop(0);
        }
    }

    private static final String DAEMON_SETS = """
            {"kind":"DaemonSetList","apiVersion":"apps/v1","metadata":{"resourceVersion":"5"},"items":[
             {"kind":"DaemonSet","apiVersion":"apps/v1",
              "metadata":{"name":"agent","namespace":"obs","uid":"d1","resourceVersion":"4","generation":2,
               "creationTimestamp":"2020-01-01T00:00:00Z"},
              "spec":{"selector":{"matchLabels":{"app":"agent"}},
               "template":{"metadata":{"labels":{"app":"agent"}},"spec":{"containers":[{"name":"c","image":"agent:2"}]}}},
              "status":{"observedGeneration":2,"updatedNumberScheduled":3,"desiredNumberScheduled":9}}]}""";

    private void create(String connector, String topicOption, Map<String, String> options) throws Exception {
        KafkaProbe.of(kafka).createTopic(topic(connector), 1);
        var all = new HashMap<>(options);
        all.put("connector.class", PACKAGE + connector);
        all.put(topicOption, topic(connector));
        connect.create(connector, all);
    }

    private static String topic(String connector) {
        return "sources." + connector;
    }

    private int post(int port, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        // The worker says that a task is there before it listens.
        return await().atMost(Duration.ofSeconds(60))
                .ignoreException(ConnectException.class)
                .until(
                        () -> http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode(),
                        status -> status > 0);
    }

    private <T extends SpecificRecordBase> T first(String connector, Class<T> type) {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic(connector), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            byte[] value = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> consumer.poll(Duration.ofMillis(100)).records(partition).stream()
                                    .map(record -> record.value())
                                    .findFirst()
                                    .orElse(null),
                            record -> record != null);
            assertThat(connect.status(connector).orElseThrow().failure()).isEmpty();
            return new SingleObjectSerde<>(type).decode(value);
        }
    }
}
