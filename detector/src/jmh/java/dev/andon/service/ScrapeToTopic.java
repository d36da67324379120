package dev.andon.service;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long it takes from the beginning of a scrape until a consumer has what it gave: the packaged scrape source in a Connect
 * worker, the embedded broker, and API servers that serve a real page at the default interval of 5 s.
 *
 * <p>A record bears the time at which its scrape began. Told is how much later the consumer had it, so fetching and reading
 * the page is in it, and so is the way through Kafka. Scrapes of the first ten seconds do not count. Arguments: page (text,
 * gzipped), API servers (default 20), seconds (default 120).
 */
public final class ScrapeToTopic {
    private static final String TOPIC = "andon.apiserver-latency";
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private ScrapeToTopic() {}

    public static void main(String[] arguments) throws Exception {
        byte[] page = unpacked(Path.of(arguments[0]));
        int servers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 120;
        HttpServer server = serve(page);
        Path data = Files.createTempDirectory("andon-scrape-to-topic-");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(data));
                EmbeddedConnect connect = EmbeddedConnect.start(new EmbeddedConnect.Settings(
                        kafka.bootstrapServers(),
                        Path.of(System.getProperty("andon.plugins")),
                        "andon.",
                        (short) 1,
                        Map.of()))) {
            KafkaProbe.of(kafka).createTopic(TOPIC, 1);
            String targets = IntStream.range(0, servers)
                    .mapToObj(i -> "prod/api-" + i + "=http://127.0.0.1:"
                            + server.getAddress().getPort() + "/" + i)
                    .collect(Collectors.joining(","));
            connect.create(
                    "scrape",
                    Map.of(
                            "connector.class", "dev.andon.connect.scrape.PrometheusScrapeSourceConnector",
                            "apiserver.targets", targets));
            tell(measure(kafka.bootstrapServers(), Duration.ofSeconds(seconds)), page.length);
        } finally {
            server.stop(0);
        }
        System.exit(0);
    }

    private static List<Long> measure(String bootstrapServers, Duration length) {
        List<Long> millis = new ArrayList<>();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "fetch.min.bytes", 1);
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            long begin = System.currentTimeMillis();
            long end = begin + length.toMillis();
            while (System.currentTimeMillis() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.timestamp() > begin + WARM_UP.toMillis()) {
                        millis.add(System.currentTimeMillis() - record.timestamp());
                    }
                }
            }
        }
        return millis;
    }

    private static void tell(List<Long> millis, int pageBytes) {
        List<Long> sorted = millis.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("no record came; is the page that of an API server?");
        }
        System.out.printf(
                "%d records, page of %d bytes: median %d ms, p95 %d ms, p99 %d ms, longest %d ms%n",
                sorted.size(),
                pageBytes,
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99),
                sorted.get(sorted.size() - 1));
    }

    private static long quantile(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static HttpServer serve(byte[] page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            try (exchange) {
                exchange.getResponseBody().write(page);
            }
        });
        server.start();
        return server;
    }

    private static byte[] unpacked(Path page) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(page))) {
            return in.readAllBytes();
        }
    }
}
