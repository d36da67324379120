package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.exposition.MetricsPages;
import dev.andon.connect.exposition.SyntheticApiserver;
import dev.andon.connect.scrape.MetricsServer.Answer;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.SingleObjectSerde;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The task against real HTTP servers on this machine. */
@Timeout(60)
class PrometheusScrapeSourceTaskTest {
    private static final String TEXT = "text/plain; version=0.0.4";
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private final FakeContext context = new FakeContext();
    private final PrometheusScrapeSourceTask task = new PrometheusScrapeSourceTask();
    private final List<MetricsServer> servers = new ArrayList<>();
    private final List<SourceRecord> received = new ArrayList<>();

    @AfterEach
    void stop() {
        task.stop();
        servers.forEach(MetricsServer::close);
    }

    @ParameterizedTest
    @EnumSource
    void writesTheLatenciesOfAnApiserverInWhateverFormatItServes(MetricsPages format) throws InterruptedException {
        MetricsServer server = server(Answer.status(
                200, format.contentType(), "gzip", MetricsPages.gzip(format.write(SyntheticApiserver.page(1, 1)))));
        start(Map.of("apiserver.targets", "prod=" + server.url()));
        pollUntil(() -> server.requests().size() >= 2);
        server.answer(Answer.page(format.contentType(), format.write(SyntheticApiserver.page(1, 2))));

        SourceRecord record = pollFor(any -> any.topic().equals("andon.apiserver-latency")
                && latency(any).getVerb().equals("LIST")
                && sum(latency(any).getCounts()) > 0);

        ApiserverLatency sample = latency(record);
        assertThat(record.keySchema()).isEqualTo(Schema.BYTES_SCHEMA);
        assertThat((byte[]) record.key()).asString(StandardCharsets.UTF_8).isEqualTo("prod");
        assertThat(record.valueSchema()).isEqualTo(Schema.BYTES_SCHEMA);
        assertThat(record.timestamp()).isEqualTo(sample.getTime().toEpochMilli());
        assertThat(record.sourcePartition()).isEqualTo(Map.of("target", "prod/" + server.hostAndPort()));
        assertThat(record.sourceOffset()).isEqualTo(Map.of("time", record.timestamp()));
        assertThat(sample.getCluster()).isEqualTo("prod");
        assertThat(sample.getInstance()).isEqualTo(server.hostAndPort());
        assertThat(sample.getScope()).isEqualTo("cluster");
        assertThat(sample.getCounts()).hasSize(sample.getUpperBoundsSeconds().size() + 1);
        assertThat(sample.getCodes()).containsOnlyKeys("200", "404");
        assertThat(sample.getIntervalMillis()).isBetween(100L, 30_000L);
    }

    @Test
    void asksForProtobufFirstAndSaysWhoItIs() throws InterruptedException {
        MetricsServer server = server(Answer.page(TEXT, dnsPage(1)));
        start(Map.of("dns.targets", "prod=" + server.url(), "bearer.token", "s3cret"));
        pollUntil(() -> !server.requests().isEmpty());

        var headers = server.requests().get(0).getRequestHeaders();
        assertThat(server.requests().get(0).getRequestURI().toString()).isEqualTo("/metrics");
        assertThat(headers.getFirst("Accept"))
                .startsWith("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                        + "encoding=delimited;q=1,");
        assertThat(headers.getFirst("Accept-Encoding")).isEqualTo("gzip");
        assertThat(headers.getFirst("User-Agent")).startsWith("andon/");
        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer s3cret");
    }

    @Test
    void readsTheTokenFileAgainForEveryScrape(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        MetricsServer server = server(Answer.page(TEXT, dnsPage(1)));
        start(Map.of("dns.targets", "prod=" + server.url(), "bearer.token.file", file.toString()));
        pollUntil(() -> !server.requests().isEmpty());
        Files.writeString(file, "second\n");

        pollUntil(() -> server.requests().stream().anyMatch(request -> "Bearer second"
                .equals(request.getRequestHeaders().getFirst("Authorization"))));

        assertThat(server.requests().get(0).getRequestHeaders().getFirst("Authorization"))
                .isEqualTo("Bearer first");
    }

    @Test
    void writesTheAnswersOfADnsServerUnderTheNameItWasGiven() throws InterruptedException {
        MetricsServer server = server(Answer.page(TEXT, dnsPage(10)));
        start(Map.of("dns.targets", "prod/coredns-1=" + server.url(), "dns.errors.topic", "my.dns"));
        pollUntil(() -> server.requests().size() >= 2);
        server.answer(Answer.page(TEXT, dnsPage(15)));

        SourceRecord record = pollFor(any -> any.topic().equals("my.dns") && dns(any).getResponses() > 0);

        assertThat(dns(record).getServer()).isEqualTo("coredns-1");
        assertThat(dns(record).getRcodes()).isEqualTo(Map.of("NOERROR", 5L));
    }

    @Test
    void isNotDelayedByATargetThatNeverFinishes() throws InterruptedException {
        MetricsServer stuck = server(Answer.page(TEXT, dnsPage(1)));
        stuck.answer(stuck.neverEnding());
        MetricsServer healthy = server(Answer.page(TEXT, dnsPage(1)));
        start(Map.of(
                "dns.targets", "a/stuck=" + stuck.url() + ",b/healthy=" + healthy.url(),
                "scrape.interval.ms", "400",
                "scrape.timeout.ms", "350"));

        pollUntil(() -> healthy.requests().size() >= 6 && totals("outcome=timeout") >= 1);

        assertThat(received).allMatch(record -> dns(record).getServer().equals("healthy"));
        assertThat(stuck.requests()).hasSizeLessThan(healthy.requests().size());
    }

    @Test
    void writesAPageItCannotReadToTheDeadLetters() throws InterruptedException {
        byte[] body = "<html>log in</html>".getBytes(StandardCharsets.UTF_8);
        MetricsServer server = server(Answer.page("text/html", body));
        start(Map.of("apiserver.targets", "prod/api=" + server.url() + "/metrics"));

        SourceRecord letter = pollFor(any -> any.topic().equals("andon.dead-letters"));

        assertThat((byte[]) letter.key()).asString(StandardCharsets.UTF_8).isEqualTo("prod");
        assertThat((byte[]) letter.value()).isEqualTo(body);
        assertThat(header(letter, "andon.reason")).isEqualTo("unknown_format");
        assertThat(header(letter, "andon.source")).isEqualTo("prometheus-scrape prod/api " + server.url() + "/metrics");
        assertThat(header(letter, "andon.detail"))
                .isEqualTo("content type is 'text/html'; expected the Prometheus protobuf or text format");
        assertThat(header(letter, "andon.content-type")).isEqualTo("text/html");
        assertThat(totals("reason=unknown_format")).isPositive();
        assertThat(totals("outcome=unreadable")).isPositive();
    }

    @Test
    void refusesAPageThatIsTooLargeAndKeepsItsBeginning() throws InterruptedException {
        MetricsServer server =
                server(Answer.page(TEXT, ("#" + "x".repeat(2000) + "\n").getBytes(StandardCharsets.UTF_8)));
        start(Map.of("dns.targets", "prod=" + server.url(), "page.max.bytes", "1024"));

        SourceRecord letter = pollFor(any -> any.topic().equals("andon.dead-letters"));
        server.answer(Answer.page(TEXT, dnsPage(1)));
        pollUntil(() -> totals("outcome=ok") > 0);

        assertThat(header(letter, "andon.reason")).isEqualTo("too_large");
        assertThat((byte[]) letter.value()).hasSize(1024).startsWith('#', 'x');
    }

    @Test
    void goesOnWithALineItCannotReadAndKeepsOneExample() throws InterruptedException {
        String broken = "coredns_dns_responses_total{rcode=\"SERVFAIL\"} many\n";
        MetricsServer server = server(Answer.page(TEXT, concat(dnsPage(10), broken)));
        start(Map.of("dns.targets", "prod=" + server.url()));
        pollUntil(() -> server.requests().size() >= 2);
        server.answer(Answer.page(TEXT, concat(dnsPage(15), broken)));

        SourceRecord sample = pollFor(any -> any.topic().equals("andon.dns-errors") && dns(any).getResponses() > 0);
        pollUntil(() -> totals("reason=bad_value") >= 4);

        assertThat(dns(sample).getRcodes()).isEqualTo(Map.of("NOERROR", 5L));
        List<SourceRecord> letters = received.stream()
                .filter(record -> record.topic().equals("andon.dead-letters"))
                .toList();
        assertThat(letters).hasSize(1);
        assertThat((byte[]) letters.get(0).value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(broken.strip());
        assertThat(header(letters.get(0), "andon.reason")).isEqualTo("bad_value");
    }

    @Test
    void recoversFromATargetThatFailed() throws InterruptedException {
        MetricsServer server = server(Answer.page(TEXT, dnsPage(10)));
        start(Map.of("dns.targets", "prod=" + server.url()));
        pollUntil(() -> server.requests().size() >= 2);
        server.answer(Answer.status(503, TEXT, "", new byte[0]));
        pollUntil(() -> totals("outcome=http_status") >= 2);
        server.answer(Answer.status(403, TEXT, "", new byte[0]));
        pollUntil(() -> totals("outcome=unauthorized") >= 1);
        server.answer(Answer.page(TEXT, dnsPage(17)));

        SourceRecord record = pollFor(any -> any.topic().equals("andon.dns-errors") && dns(any).getResponses() > 0);

        assertThat(dns(record).getResponses()).isEqualTo(7);
        assertThat(dns(record).getIntervalMillis()).as("covers the failures").isGreaterThan(300);
    }

    @Test
    void countsATargetThatNobodyAnswersAt() throws InterruptedException {
        MetricsServer gone = server(Answer.page(TEXT, dnsPage(10)));
        gone.close();
        start(Map.of("dns.targets", "prod=" + gone.url()));

        pollUntil(() -> totals("outcome=unreachable") >= 1);

        assertThat(received).isEmpty();
    }

    @Test
    void countsAPageThatLacksTheMetricAsRejectedAndNotAsHealthy() throws InterruptedException {
        MetricsServer server = server(Answer.page(TEXT, dnsPage(10)));
        start(Map.of("apiserver.targets", "prod=" + server.url()));

        pollUntil(() -> totals("reason=missing_metric") >= 2);

        assertThat(received).isEmpty();
    }

    @Test
    void pollsNothingAfterItWasStopped() throws InterruptedException {
        MetricsServer server = server(Answer.page(TEXT, dnsPage(10)));
        start(Map.of("dns.targets", "prod=" + server.url()));
        task.stop();

        assertThat(task.poll()).isNull();
    }

    private MetricsServer server(Answer answer) {
        var server = new MetricsServer(answer);
        servers.add(server);
        return server;
    }

    private void start(Map<String, String> options) {
        var props = new HashMap<>(Map.of("scrape.interval.ms", "150"));
        props.putAll(options);
        task.initialize(context);
        task.start(props);
    }

    private SourceRecord pollFor(Predicate<SourceRecord> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (System.nanoTime() < deadline) {
            List<SourceRecord> records = task.poll();
            if (records != null) {
                received.addAll(records);
                for (SourceRecord record : records) {
                    if (wanted.test(record)) {
                        return record;
                    }
                }
            }
        }
        throw new AssertionError("no such record within " + ENOUGH + "; counted " + context.totals());
    }

    private void pollUntil(BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> "counted " + context.totals())
                    .isLessThan(deadline);
            List<SourceRecord> records = task.poll();
            if (records != null) {
                received.addAll(records);
            }
        }
    }

    private double totals(String label) {
        return context.totals().entrySet().stream()
                .filter(total -> total.getKey().endsWith("{" + label + "}"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static byte[] dnsPage(long answers) {
        return ("# TYPE coredns_dns_responses_total counter\n"
                        + "coredns_dns_responses_total{rcode=\"NOERROR\",server=\"dns://:53\"} " + answers + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] page, String line) {
        return (new String(page, StandardCharsets.UTF_8) + line).getBytes(StandardCharsets.UTF_8);
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(count -> count).sum();
    }

    private static ApiserverLatency latency(SourceRecord record) {
        return new SingleObjectSerde<>(ApiserverLatency.class).decode((byte[]) record.value());
    }

    private static DnsErrors dns(SourceRecord record) {
        return new SingleObjectSerde<>(DnsErrors.class).decode((byte[]) record.value());
    }

    private static Object header(SourceRecord record, String name) {
        return record.headers().lastWithName(name).value();
    }
}
