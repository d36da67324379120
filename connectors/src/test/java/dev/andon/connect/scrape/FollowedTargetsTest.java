package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.andon.connect.scrape.MetricsServer.Answer;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.SingleObjectSerde;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The task against real HTTP servers that come and go, listed in a real file or by an API server on this machine. */
@Timeout(60)
class FollowedTargetsTest {
    private static final String TEXT = "text/plain; version=0.0.4";
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // the extension sets it
    Path folder;

    private final FakeContext context = new FakeContext();
    private final PrometheusScrapeSourceTask task = new PrometheusScrapeSourceTask();
    private final List<MetricsServer> servers = new ArrayList<>();
    private final List<DnsErrors> received = new ArrayList<>();

    @AfterEach
    void stop() {
        task.stop();
        servers.forEach(MetricsServer::close);
    }

    @Test
    void losesNothingOfATargetThatStaysWhileOthersComeAndGo() throws IOException, InterruptedException {
        var answers = new AtomicInteger(1_000);
        MetricsServer staying = server(counting(answers));
        MetricsServer other = server(counting(new AtomicInteger(500)));
        Path file = list("t.json", staying);
        start(Map.of("dns.targets.files", file.toString()));
        pollUntil(() -> samplesOf(staying) >= 2);

        for (int round = 0; round < 4; round++) {
            list("t.json", other, staying);
            int before = samplesOf(other);
            pollUntil(() -> samplesOf(other) > before);
            Files.writeString(file, "[{\"targets\":"); // half written
            double broken = context.totals().getOrDefault("discovery-problems-total{source=file}", 0.0);
            pollUntil(() -> context.totals().getOrDefault("discovery-problems-total{source=file}", 0.0) > broken);
            list("t.json", staying);
            pollUntil(() -> context.targets() == 1);
        }
        int last = samplesOf(staying);
        pollUntil(() -> samplesOf(staying) > last);

        // Each page adds one to what the page before it showed: every page but the first is a sample of 1.
        assertThat(received.stream().filter(sample -> sample.getServer().equals(staying.hostAndPort())))
                .allMatch(sample -> sample.getResponses() == 1);
        assertThat(samplesOf(staying))
                .isBetween(staying.requests().size() - 2, staying.requests().size() - 1);
        assertThat(received).allMatch(sample -> sample.getResponses() == 1);
        assertThat(context.totals().keySet())
                .noneMatch(name -> name.contains("counter_reset") || name.contains("process_restarted"));
    }

    @Test
    void findsDnsServersInAClusterAndKeepsThemWhileItsApiserverIsAway() throws InterruptedException {
        MetricsServer dns = server(counting(new AtomicInteger(7)));
        MetricsServer api = server(Answer.status(503, TEXT, "", new byte[0]));
        start(Map.of(
                "kubernetes.discover", "dns",
                "kubernetes.url", api.url(),
                "kubernetes.dns.service", "kube-system/node-local",
                "bearer.token", "s3cret"));
        pollUntil(() -> context.totals().getOrDefault("discovery-problems-total{source=kubernetes}", 0.0) >= 2);
        assertThat(context.targets()).isZero();
        api.answer(slices("node-local", dns));
        pollUntil(() -> samplesOf("node-1") >= 2);
        api.close();
        int before = samplesOf("node-1");
        pollUntil(() -> samplesOf("node-1") > before + 2);

        assertThat(authorization(api)).as("of whoever asks the API server").contains("Bearer s3cret");
        assertThat(authorization(dns))
                .as("of whoever asks a server that was found, unencrypted")
                .isEmpty();
    }

    private Answer slices(String service, MetricsServer listed) {
        URI url = URI.create(listed.url());
        String list = "{\"kind\":\"EndpointSliceList\",\"apiVersion\":\"discovery.k8s.io/v1\",\"metadata\":{"
                + "\"resourceVersion\":\"5\"},\"items\":[{\"kind\":\"EndpointSlice\",\"apiVersion\":\"discovery.k8s.io/v1\","
                + "\"metadata\":{\"namespace\":\"kube-system\",\"name\":\"s\",\"uid\":\"u\",\"resourceVersion\":\"5\"},"
                + "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"" + url.getHost() + "\"],\"targetRef\":"
                + "{\"kind\":\"Pod\",\"name\":\"node-1\"}}],\"ports\":[{\"name\":\"metrics\",\"port\":" + url.getPort()
                + "}]}]}";
        return request -> {
            String uri = request.getRequestURI().toString();
            boolean asked = uri.startsWith("/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices")
                    && uri.contains("kubernetes.io%2Fservice-name%3D" + service);
            byte[] body = !asked || uri.contains("watch=true") ? new byte[0] : list.getBytes(StandardCharsets.UTF_8);
            Answer.status(asked ? 200 : 404, "application/json", "", body).to(request);
        };
    }

    private static Optional<String> authorization(MetricsServer server) {
        return server.requests().stream()
                .map(HttpExchange::getRequestHeaders)
                .flatMap(headers -> Optional.ofNullable(headers.getFirst("Authorization")).stream())
                .findFirst();
    }

    /** A page whose total is higher by one each time. */
    private static Answer counting(AtomicInteger answers) {
        return request -> Answer.page(
                        TEXT,
                        ("# TYPE coredns_dns_responses_total counter\ncoredns_dns_responses_total{rcode=\"NOERROR\"} "
                                        + answers.incrementAndGet() + "\n")
                                .getBytes(StandardCharsets.UTF_8))
                .to(request);
    }

    private Path list(String name, MetricsServer... listed) throws IOException {
        var addresses = new ArrayList<String>();
        for (MetricsServer server : listed) {
            addresses.add("\"" + server.hostAndPort() + "\"");
        }
        return Files.writeString(
                folder.resolve(name), "[{\"targets\":" + addresses + ",\"labels\":{\"cluster\":\"prod\"}}]");
    }

    private MetricsServer server(Answer answer) {
        var server = new MetricsServer(answer);
        servers.add(server);
        return server;
    }

    private void start(Map<String, String> options) {
        var props = new HashMap<>(Map.of("scrape.interval.ms", "100", "targets.refresh.ms", "100", "cluster", "prod"));
        props.put("scrape.timeout.ms", "100");
        props.putAll(options);
        task.initialize(context);
        task.start(props);
    }

    private int samplesOf(MetricsServer server) {
        return samplesOf(server.hostAndPort());
    }

    private int samplesOf(String name) {
        return (int) received.stream()
                .filter(sample -> sample.getServer().equals(name))
                .count();
    }

    private void pollUntil(BooleanSupplier reached) throws InterruptedException {
        long deadline = System.nanoTime() + ENOUGH.toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> "counted " + context.totals())
                    .isLessThan(deadline);
            List<SourceRecord> records = task.poll();
            if (records != null) {
                records.forEach(record ->
                        received.add(new SingleObjectSerde<>(DnsErrors.class).decode((byte[]) record.value())));
            }
        }
    }
}
