package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
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
                .isEqualTo(new Target(Target.Kind.DNS, cluster, instance, URI.create(url)));
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
                        List.of("neither apiserver.targets nor dns.targets names a target; give at least one"),
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
                .withMessageContaining("give at least one");
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
