package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scrape source as a user gets it: from the packaged zip, in a class loader of its own, into a real topic. */
@WithKafka
class PackagedScrapeSourceIT {
    private static final String CONNECTOR = "dev.andon.connect.scrape.PrometheusScrapeSourceConnector";
    private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
    private static final String LATENCIES = "packaged.apiserver-latency";
    private static final String FOUND_LATENCIES = "packaged.found.apiserver-latency";
    private static final String FOUND_ANSWERS = "packaged.found.dns-errors";

    private final KafkaBroker kafka;
    private final HttpServer server;
    private final AtomicInteger scrapes = new AtomicInteger();

    PackagedScrapeSourceIT(KafkaBroker kafka) throws IOException {
        this.kafka = kafka;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", request -> {
            byte[] page = page(scrapes.incrementAndGet()).getBytes(UTF_8);
            request.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            request.sendResponseHeaders(200, page.length);
            try (request) {
                request.getResponseBody().write(page);
            }
        });
        server.createContext("/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices", request -> {
            boolean watch = String.valueOf(request.getRequestURI().getQuery()).contains("watch=true");
            byte[] list = watch ? new byte[0] : slices().getBytes(UTF_8);
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(200, list.length == 0 ? -1 : list.length);
            try (request) {
                request.getResponseBody().write(list);
            }
        });
        server.start();
    }

    private String slices() {
        return "{\"kind\":\"EndpointSliceList\",\"apiVersion\":\"discovery.k8s.io/v1\",\"metadata\":{\"resourceVersion\":\"5\"},"
                + "\"items\":[{\"metadata\":{\"namespace\":\"kube-system\",\"name\":\"s\",\"uid\":\"u\"},"
                + "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"127.0.0.1\"],"
                + "\"targetRef\":{\"kind\":\"Pod\",\"name\":\"coredns-1\"}}],"
                + "\"ports\":[{\"name\":\"metrics\",\"port\":"
                + server.getAddress().getPort() + "}]}]}";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void writesWhatHappenedBetweenTwoScrapes(@TempDir Path plugins) throws Exception {
        unzip(plugins);
        KafkaProbe.of(kafka).createTopic(LATENCIES, 1);
        try (EmbeddedConnect connect = EmbeddedConnect.start(
                new EmbeddedConnect.Settings(kafka.bootstrapServers(), plugins, "packaged.", (short) 1, Map.of()))) {
            connect.create(
                    "scrape",
                    Map.of(
                            "connector.class", CONNECTOR,
                            "key.converter", BYTES,
                            "value.converter", BYTES,
                            "apiserver.targets",
                                    "prod/api=http://127.0.0.1:"
                                            + server.getAddress().getPort(),
                            "apiserver.latency.topic", LATENCIES,
                            "scrape.interval.ms", "200"));

            ConsumerRecord<byte[], byte[]> first = first(LATENCIES);

            ApiserverLatency sample = new SingleObjectSerde<>(ApiserverLatency.class).decode(first.value());
            assertThat(first.key()).asString(UTF_8).isEqualTo("prod");
            assertThat(first.timestamp()).isEqualTo(sample.getTime().toEpochMilli());
            assertThat(sample.getInstance()).isEqualTo("api");
            assertThat(sample.getVerb()).isEqualTo("GET");
            assertThat(sample.getScope()).isEqualTo("resource");
            assertThat(sample.getUpperBoundsSeconds()).containsExactly(0.1);
            assertThat(sample.getCounts().get(0))
                    .isEqualTo(2 * sample.getCounts().get(1))
                    .isPositive();
            assertThat(connect.status("scrape").orElseThrow().failure()).isEmpty();
        }
    }

    @Test
    void findsItsTargetsInAFileAndInACluster(@TempDir Path plugins, @TempDir Path folder) throws Exception {
        unzip(plugins);
        KafkaProbe.of(kafka).createTopic(FOUND_LATENCIES, 1);
        KafkaProbe.of(kafka).createTopic(FOUND_ANSWERS, 1);
        int port = server.getAddress().getPort();
        Path file = Files.writeString(
                folder.resolve("targets.yaml"),
                "- targets: ['127.0.0.1:" + port + "']\n  labels: {__scheme__: http}\n");
        try (EmbeddedConnect connect = EmbeddedConnect.start(
                new EmbeddedConnect.Settings(kafka.bootstrapServers(), plugins, "packaged.", (short) 1, Map.of()))) {
            Map<String, String> options = new HashMap<>(Map.of(
                    "connector.class",
                    CONNECTOR,
                    "tasks.max",
                    "2",
                    "key.converter",
                    BYTES,
                    "value.converter",
                    BYTES,
                    "cluster",
                    "prod",
                    "apiserver.targets.files",
                    file.toString(),
                    "kubernetes.discover",
                    "dns",
                    "kubernetes.url",
                    "http://127.0.0.1:" + port,
                    "targets.refresh.ms",
                    "200"));
            options.put("apiserver.latency.topic", FOUND_LATENCIES);
            options.put("dns.errors.topic", FOUND_ANSWERS);
            options.put("scrape.interval.ms", "200");
            connect.create("found", options);

            ApiserverLatency latency = new SingleObjectSerde<>(ApiserverLatency.class)
                    .decode(first(FOUND_LATENCIES).value());
            DnsErrors answers = new SingleObjectSerde<>(DnsErrors.class)
                    .decode(first(FOUND_ANSWERS).value());

            assertThat(latency.getInstance()).isEqualTo("127.0.0.1:" + port);
            assertThat(answers.getServer()).isEqualTo("coredns-1");
            assertThat(connect.status("found").orElseThrow().failure()).isEmpty();
        }
    }

    /** Every scrape finds two more fast requests and one more slow one. */
    private static String page(int scrape) {
        String labels = "{verb=\"GET\",scope=\"resource\",resource=\"pods\"";
        return "apiserver_request_sli_duration_seconds_bucket" + labels + ",le=\"0.1\"} " + 2 * scrape + "\n"
                + "apiserver_request_sli_duration_seconds_bucket" + labels + ",le=\"+Inf\"} " + 3 * scrape + "\n"
                + "apiserver_request_sli_duration_seconds_sum" + labels + "} " + 1.5 * scrape + "\n"
                + "apiserver_request_total" + labels + ",code=\"200\"} " + 3 * scrape + "\n"
                + "coredns_dns_responses_total{rcode=\"NOERROR\"} " + 3 * scrape + "\n";
    }

    private ConsumerRecord<byte[], byte[]> first(String topic) {
        Properties config = new Properties();
        config.put("bootstrap.servers", kafka.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> consumer.poll(Duration.ofMillis(100)).records(partition).stream()
                                    .findFirst()
                                    .orElse(null),
                            record -> record != null);
        }
    }

    private static void unzip(Path folder) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(packaged()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(folder.resolve(entry.getName()).getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    private static Path packaged() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("..", "connectors", "target"))) {
            return built.filter(file -> file.toString().endsWith("-plugin.zip"))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("the connectors are not packaged; run mvn verify from the root"));
        }
    }
}
