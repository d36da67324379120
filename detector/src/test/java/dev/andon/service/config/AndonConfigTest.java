package dev.andon.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Policy;
import dev.andon.decide.Settings;
import dev.andon.domain.Mode;
import dev.andon.topology.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AndonConfigTest {
    private static final String TOKEN = "0123456789abcdef-secret";
    private static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path directory;

    @Test
    void anEmptyFileMeansAnEmbeddedBrokerInObserveMode() {
        AndonConfig config = read("");
        assertThat(config).isEqualTo(read("# only a comment\n"));
        assertThat(config).usingRecursiveComparison().ignoringFields("origin").isEqualTo(AndonConfig.defaults());
        assertThat(config.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(config.dataDirectory()).isEqualTo(Path.of("./data"));
        assertThat(config.kafka().embedded()).isTrue();
        assertThat(config.kafka().topics()).isEqualTo(Topics.DEFAULT);
        assertThat(config.http()).isEqualTo(new HttpConfig("127.0.0.1", 8080, List.of()));
        assertThat(config.detection()).isEqualTo(Settings.DEFAULT.with(Policy.DEFAULT.withMode(Mode.OBSERVE)));
        assertThat(config.fleets()).containsExactly("default");
    }

    @Test
    void readsAClusterWithItsPagesAndItsToken() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        AndonConfig config = read("""
                clusters:
                  - name: prod-1
                    environment: production
                    nodes: 3000
                    dns-cache: 20m
                    apiservers: [ "https://10.0.0.4:6443/metrics" ]
                    dns-servers: http://10.0.3.10:9153/metrics
                    token: ${file:%s}
                    ca-file: /etc/andon/ca.crt
                """.formatted(file));
        assertThat(config.clusters())
                .containsExactly(new ClusterConfig(
                        "prod-1",
                        "default",
                        Optional.of("production"),
                        Optional.of(3000),
                        Optional.of(Duration.ofMinutes(20)),
                        List.of(URI.create("https://10.0.0.4:6443/metrics")),
                        List.of(URI.create("http://10.0.3.10:9153/metrics")),
                        Optional.of(new Secret(TOKEN)),
                        Optional.empty(),
                        Optional.of("/etc/andon/ca.crt")));
    }

    @Test
    void passesOnWhatBelongsToKafkaClientsAndConnectors() {
        AndonConfig config = read("""
                kafka:
                  bootstrap.servers: there:9092
                  security.protocol: SASL_SSL
                  sasl.jaas.config: login ${env:TOKEN};
                connectors:
                  pager:
                    connector.class: Some
                    tasks.max: 2
                    topics: [a, b]
                """);
        assertThat(config.kafka().bootstrapServers()).contains("there:9092");
        assertThat(config.kafka().clients().values())
                .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "login " + TOKEN + ";"));
        assertThat(config.connectors())
                .containsExactly(Map.entry(
                        "pager",
                        new ClientProperties(
                                Map.of("connector.class", "Some", "tasks.max", "2", "topics", "a,b"), Set.of())));
    }

    @Test
    void findsTheOwnerOfATokenAndNobodyForAnotherOne() {
        HttpConfig http =
                read("http: {tokens: [{name: ci, token: '${env:TOKEN}'}]}").http();
        assertThat(http.ownerOf(TOKEN)).contains("ci");
        assertThat(http.ownerOf(TOKEN + "x")).isEmpty();
    }

    @Test
    void neverPrintsASecret() {
        AndonConfig config = read("""
                kafka: {bootstrap.servers: "there:9092", sasl.jaas.config: "${env:TOKEN}"}
                http: {tokens: [{name: ci, token: "${env:TOKEN}"}]}
                clusters: [{name: a, token: "${env:TOKEN}"}]
                webhooks: [{name: w, url: "https://cd/${env:TOKEN}", signing-secret: "${env:SIGNING}"}]
                connectors: {c: {connector.class: C, password: "${env:TOKEN}"}}
                """);
        assertThat(config.webhooks()).singleElement().satisfies(webhook -> assertThat(
                        webhook.signingSecret().reveal())
                .isEqualTo(SIGNING));
        assertThat(config.toString()).contains("there:9092").doesNotContain(TOKEN, SIGNING);
    }

    @Test
    void theDocumentedExampleIsValid() throws IOException {
        Path secret = Files.writeString(directory.resolve("prod-west-3"), TOKEN);
        String example = Files.readString(docs("andon.example.yaml"))
                .replace("/var/run/secrets/andon/prod-west-3", secret.toString());
        assertThat(AndonConfig.parse(
                                "example",
                                example,
                                name -> Optional.of(name.equals("ANDON_WEBHOOK_SECRET") ? SIGNING : TOKEN))
                        .clusters())
                .extracting(ClusterConfig::name)
                .containsExactly("prod-west-3", "edge-1");
    }

    @Test
    void everyKeyIsDocumented() throws IOException {
        String documentation = Files.readString(docs("configuration.md"));
        Reading reading = new Reading(new Substitution(name -> Optional.empty()));
        String oneOfEach =
                "{http: {tokens: [{}]}, clusters: [{}], webhooks: [{}]," + " policy: {rules: [{}], freezes: [{}]}}";
        ConfigSections.read(
                "f",
                new Section(
                        reading,
                        "",
                        YamlReader.read(oneOfEach, reading.problems()).orElseThrow()));
        assertThat(reading.asked()).hasSizeGreaterThan(30).allSatisfy(key -> assertThat(documentation)
                .contains("| `" + key + "` |"));
    }

    @Test
    void readsThePolicy() {
        Policy policy = read("""
                mode: enforce
                policy:
                  dns-hold: always
                  rules:
                    - {environment: staging, mode: observe}
                    - {namespace: kube-system, kind: DaemonSet, halt-probability: 0.7}
                  freezes:
                    - {name: xmas, environments: [production], from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z}
                """).detection().policy();
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.dnsHold()).isEqualTo(Policy.DnsHold.ALWAYS);
        assertThat(policy.rules())
                .extracting(Policy.Rule::mode)
                .containsExactly(Optional.of(Mode.OBSERVE), Optional.empty());
        assertThat(policy.rules().get(1).haltProbability()).hasValue(0.7);
        assertThat(policy.freezes())
                .containsExactly(new Policy.Freeze(
                        "xmas",
                        List.of("production"),
                        Instant.parse("2026-12-24T00:00:00Z"),
                        Instant.parse("2026-12-27T00:00:00Z")));
    }

    private static AndonConfig read(String yaml) {
        return AndonConfig.parse(
                "andon.yaml",
                yaml,
                name -> Optional.ofNullable(
                        Map.of("TOKEN", TOKEN, "SIGNING", SIGNING).get(name)));
    }

    private static Path docs(String name) {
        return Path.of("..", "docs", name);
    }
}
