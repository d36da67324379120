package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusScrapeSourceConnectorTest {
    private static final Map<String, String> ONE = Map.of("apiserver.targets", "prod=https://10.0.0.4:6443");

    private final PrometheusScrapeSourceConnector connector = new PrometheusScrapeSourceConnector();

    @Test
    void isFoundAsAPlugin() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .hasAtLeastOneElementOfType(PrometheusScrapeSourceConnector.class);
    }

    @Test
    void knowsItsVersion() {
        assertThat(connector.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void acceptsTheSmallestConfiguration() {
        assertThat(errors(ONE)).isEmpty();

        ScrapeSettings settings = ScrapeSettings.parse(ONE);

        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.topics())
                .isEqualTo(
                        new ScrapeSettings.Topics("andon.apiserver-latency", "andon.dns-errors", "andon.dead-letters"));
    }

    @ParameterizedTest
    @CsvSource({
        "prod=https://10.0.0.4:6443, prod, 10.0.0.4:6443, https://10.0.0.4:6443/metrics",
        "prod=https://api.example.org/, prod, api.example.org:443, https://api.example.org/metrics",
        "prod=http://[::1]:8080/m/x, prod, [::1]:8080, http://[::1]:8080/m/x",
        "prod/api-1=http://10.0.0.4/metrics/slis?a=b, prod, api-1, http://10.0.0.4/metrics/slis?a=b",
        "prod = http://h?a=b=c, prod, h:80, http://h/metrics?a=b=c"
    })
    void readsEveryWayToWriteATarget(String entry, String cluster, String instance, String url) {
        assertThat(TargetSyntax.parse(Target.Kind.DNS, entry))
                .isEqualTo(new Target(Target.Kind.DNS, cluster, instance, URI.create(url), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://10.0.0.4                | apiserver.targets: 'https://10.0.0.4' has no '='; write cluster=URL or cluster/instance=URL
            prod=10.0.0.4:6443              | apiserver.targets: the URL of 'prod' is not valid: Illegal character in scheme name
            prod=ftp://10.0.0.4             | apiserver.targets: the URL of 'prod' is 'ftp://10.0.0.4'; it must begin with http:// or https:// and name a host
            prod=https://u:secret@10.0.0.4  | apiserver.targets: the URL of 'prod' holds credentials; leave them out and use bearer.token.file or a client certificate
            =https://10.0.0.4               | apiserver.targets: '' lacks the name of the cluster or of the instance; write cluster=URL or cluster/instance=URL
            prod/=https://10.0.0.4          | apiserver.targets: 'prod/' lacks the name of the cluster or of the instance; write cluster=URL or cluster/instance=URL
            """)
    void saysWhatIsWrongWithATarget(String entry, String message) {
        assertThat(errors(Map.of("apiserver.targets", entry))).isEqualTo(Map.of("apiserver.targets", List.of(message)));
    }

    @Test
    void neverShowsCredentialsThatStandInAUrl() {
        assertThat(errors(Map.of("apiserver.targets", "//u:secret@h")).toString())
                .contains("…@h")
                .doesNotContain("secret");
    }

    @Test
    void reportsEveryTargetThatIsWrong() {
        assertThat(errors(Map.of("dns.targets", "a,b=ftp://x")).toString())
                .contains("'a' has no '='")
                .contains("the URL of 'b'");
    }

    @Test
    void reportsEveryRuleBetweenOptionsAtOnce() {
        Map<String, List<String>> errors = errors(Map.of(
                "scrape.interval.ms", "1000",
                "scrape.timeout.ms", "2000",
                "bearer.token", "t0ken",
                "bearer.token.file", "/f",
                "tls.key.file", "/k"));

        assertThat(errors)
                .isEqualTo(Map.of(
                        "apiserver.targets",
                        List.of(
                                "there is nothing to scrape; name a target in apiserver.targets or dns.targets, a file in"
                                        + " apiserver.targets.files or dns.targets.files, or set kubernetes.discover"),
                        "scrape.timeout.ms",
                        List.of("scrape.timeout.ms is 2000 but may be at most scrape.interval.ms, which is 1000"),
                        "bearer.token.file",
                        List.of("bearer.token and bearer.token.file are both set; remove one"),
                        "tls.certificate.file",
                        List.of("tls.certificate.file and tls.key.file belong together; set both or neither")));
    }

    @Test
    void refusesTwoTargetsOfTheSameName() {
        assertThat(errors(Map.of("apiserver.targets", "prod/a=http://x,prod/a=http://y")))
                .isEqualTo(
                        Map.of(
                                "apiserver.targets",
                                List.of(
                                        "the target prod/a is named twice; give each instance of a cluster a name of its own")));
    }

    @Test
    void doesNotStartWithAConfigurationThatIsWrong() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> connector.start(Map.of()))
                .withMessageContaining("there is nothing to scrape");
    }

    @Test
    void dealsTheTargetsOutSoThatEachIsScrapedOnce() {
        connector.start(Map.of(
                "apiserver.targets", "a=http://a,b=http://b,c=http://c",
                "dns.targets", "d=http://d,e=http://e"));

        List<Map<String, String>> configs = connector.taskConfigs(2);

        assertThat(configs.stream().map(PrometheusScrapeSourceConnectorTest::clusters))
                .containsExactly(List.of("a", "c", "e"), List.of("b", "d"));
    }

    @Test
    void makesNoMoreTasksThanThereAreTargets() {
        connector.start(ONE);

        assertThat(connector.taskConfigs(10)).hasSize(1);
    }

    @Test
    void makesAsManyTasksAsItMayWhereTargetsAreFoundLater() {
        connector.start(Map.of("apiserver.targets", "a=http://a", "dns.targets.files", "/f.json"));

        List<Map<String, String>> configs = connector.taskConfigs(3);

        assertThat(configs.stream().map(PrometheusScrapeSourceConnectorTest::clusters))
                .containsExactly(List.of("a"), List.of(), List.of());
        assertThat(configs.stream()
                        .map(config -> ScrapeSettings.parse(config).discovery().share()))
                .containsExactly(new Share(0, 3), new Share(1, 3), new Share(2, 3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiserver.targets.files | /t.txt | Invalid value /t.txt for configuration apiserver.targets.files: must end in .json, .yml or .yaml
            kubernetes.dns.service  | dns    | Invalid value dns for configuration kubernetes.dns.service: must be namespace/name, such as kube-system/kube-dns
            kubernetes.discover     | nodes  | Invalid value nodes for configuration kubernetes.discover: String must be one of: apiserver, dns
            kubernetes.url          | http:// | kubernetes.discover needs cluster: what Andon calls the cluster that is asked
            """)
    void saysWhatIsWrongWithDiscovery(String option, String value, String message) {
        var props = new HashMap<>(Map.of("kubernetes.discover", "dns"));
        props.put(option, value);

        assertThat(errors(props).values()).containsExactly(List.of(message));
    }

    @Test
    void refusesAFileThatCannotBeUsedAndNamesEveryEntryThatCannot(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("a.json"), "[");
        Path wrong = Files.writeString(folder.resolve("b.yaml"), "- targets: [good:1, http://h, 'x y']");

        assertThat(errors(Map.of(
                        "cluster",
                        "prod",
                        "apiserver.targets.files",
                        broken + "," + wrong,
                        "dns.targets.files",
                        wrong + "/no.json")))
                .isEqualTo(Map.of(
                        "apiserver.targets.files",
                        List.of(broken + " is no valid JSON near line 1; " + wrong
                                + ": group 1: the address 'http://h' is not of the form host:port; scheme and path are the"
                                + " labels __scheme__ and __metrics_path__; " + wrong
                                + ": group 1: address and path of 'x y' make no URL: Illegal character in authority"),
                        "dns.targets.files",
                        List.of(wrong + "/no.json cannot be read: FileSystemException")));
    }

    @Test
    void refusesATokenThatMayNotListEndpointsButNotAnApiserverThatIsAway() {
        var props = Map.of("cluster", "prod", "kubernetes.discover", "apiserver,dns");
        assertThat(errors(with(props, "http://127.0.0.1:1"))).isEmpty();
        try (var api = new MetricsServer(MetricsServer.Answer.status(403, "application/json", "", new byte[0]))) {
            assertThat(errors(with(props, api.url())))
                    .isEqualTo(Map.of(
                            "kubernetes.discover",
                            List.of(
                                    "the API server refuses to list endpointslices in default and kube-system; check the"
                                            + " token and its rights")));
            api.answer(MetricsServer.Answer.status(503, "text/plain", "", new byte[0]));
            assertThat(errors(with(props, api.url()))).isEmpty();
        }
    }

    private static Map<String, String> with(Map<String, String> props, String url) {
        var all = new HashMap<>(props);
        all.put("kubernetes.url", url);
        return all;
    }

    @Test
    void doesNotPromiseExactlyOnce() {
        assertThat(connector.exactlyOnceSupport(ONE)).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
    }

    @Test
    void neverShowsTheToken() {
        var props = new HashMap<>(ONE);
        props.put("bearer.token", "t0ken");

        assertThat(ScrapeSettings.parse(props).toString()).doesNotContain("t0ken");
    }

    private Map<String, List<String>> errors(Map<String, String> props) {
        var errors = new TreeMap<String, List<String>>();
        connector.validate(props).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }

    private static List<String> clusters(Map<String, String> taskConfig) {
        return ScrapeSettings.parse(taskConfig).targets().stream()
                .map(Target::cluster)
                .toList();
    }
}
