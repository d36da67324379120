package dev.andon.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkConnectorTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Map<String, String> GOOD = Map.of(
            "name", "cd",
            "connector.class", WebhookSinkConnector.class.getName(),
            "topics", "andon.signals",
            "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
            // Reserved by RFC 2606: whoever contacts it while validating fails.
            "url", "https://receiver.invalid/hook",
            "signing.secrets", SECRET);

    private final WebhookSinkConnector connector = new WebhookSinkConnector();

    @Test
    void isFoundByTheServiceLoaderWithTheVersionOfTheBuild() {
        assertThat(ServiceLoader.load(SinkConnector.class))
                .filteredOn(WebhookSinkConnector.class::isInstance)
                .singleElement()
                .satisfies(found -> assertThat(found.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"));
        assertThat(new WebhookSinkTask().version()).isEqualTo(connector.version());
    }

    @Test
    void findsNothingWrongWithASmallConfiguration() {
        assertThat(errors(Map.of())).isEmpty();
    }

    @Test
    void givesEachTaskTheWholeConfiguration() {
        connector.start(GOOD);

        assertThat(connector.taskConfigs(3)).isEqualTo(List.of(GOOD, GOOD, GOOD));
        assertThat(connector.taskClass()).isEqualTo(WebhookSinkTask.class);
        connector.stop();
    }

    @Test
    void needsToKnowWhereToAndWithWhichSecret() {
        Map<String, List<String>> errors = errors(without("url", "signing.secrets"));

        assertThat(errors).containsOnlyKeys("url", "signing.secrets");
    }

    @ParameterizedTest
    @CsvSource({
        "cd.example.com/hook, 'url: has no scheme; write https:// or http://'",
        "ftp://cd.example.com/, 'url: its scheme is ftp; write https:// or http://'",
        "https:///hook, 'url: names no host; write https://host/path'",
        "https://cd example.com/, 'url: not a URL (Illegal character in authority at character 8); write https://host/path'",
        "https://ada:s3cret@cd.example.com/, 'url: holds credentials; put them into an Authorization header with headers'",
        "https://cd.example.com:99999/, 'url: its port is 99999; it must be between 1 and 65535'",
        "https://cd.example.com/#top, 'url: has a part after #, which is never sent; remove it'"
    })
    void saysWhatIsWrongWithAUrl(String url, String problem) {
        assertThat(errors(with("url", url))).isEqualTo(Map.of("url", List.of(problem)));
    }

    @ParameterizedTest
    @CsvSource({
        "hunter2, 'headers: header 1 is not of the form `Name: value`'",
        "X-A: 1|hunter2, 'headers: header 2 is not of the form `Name: value`'",
        "Host: hunter2, 'headers: header 1 is Host, which is set by the sink or the HTTP client itself; remove it'",
        "webhook-id: hunter2, 'headers: header 1 is webhook-id, which is set by the sink or the HTTP client itself;"
                + " remove it'",
        "X-A: hunter2\u00e9, 'headers: header 1 (X-A) holds a character that is not visible ASCII'"
    })
    void saysWhatIsWrongWithAHeaderWithoutShowingItsValue(String headers, String problem) {
        assertThat(errors(with("headers", headers))).isEqualTo(Map.of("headers", List.of(problem)));
    }

    @Test
    void readsSeveralHeaders() {
        assertThat(WebhookSinkConfig.parse(with("headers", "Authorization: Bearer a:b\nX-Team: blue | X-Tier:1"))
                        .headers())
                .isEqualTo(Map.of("Authorization", "Bearer a:b", "X-Team", "blue", "X-Tier", "1"));
    }

    @Test
    void saysWhatIsWrongWithASecretWithoutShowingIt() {
        assertThat(errors(with("signing.secrets", "hunter2")).get("signing.secrets"))
                .singleElement()
                .asString()
                .contains("secret 1 does not begin with whsec_")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "actions, STOP",
        "send.observed, maybe",
        "request.timeout.ms, 0",
        "delivery.timeout.ms, -1",
        "max.payload.bytes, 1023",
        "max.payload.bytes, 1048577"
    })
    void keepsEveryOptionInItsRange(String name, String value) {
        assertThat(errors(with(name, value))).containsOnlyKeys(name);
    }

    @Test
    void triesATemplateBeforeTheFirstHaltDoesAndNeverShowsIt() {
        Map<String, String> props = with("body.template", "{\"key\":\"K3Y\",\"text\":\"{{rollout}}\"}");

        assertThat(errors(props))
                .isEqualTo(Map.of(
                        "body.template",
                        List.of(
                                "body.template names something that no signal has, or a partial; the fields are those of"
                                        + " the signal's JSON")));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> connector.start(props))
                .withMessageStartingWith("body.template names something")
                .withMessageNotContaining("K3Y");
        assertThat(errors(with("body.content.type", "application/pdf"))).containsOnlyKeys("body.content.type");
    }

    @ParameterizedTest
    @CsvSource({
        "connect.timeout.ms, 20000, 'connect.timeout.ms is 20000, more than request.timeout.ms (10000): lower it or raise"
                + " the other'",
        "request.timeout.ms, 120000, 'request.timeout.ms is 120000, more than delivery.timeout.ms (60000): lower it or"
                + " raise the other'",
        "retry.backoff.ms, 40000, 'retry.backoff.ms is 40000, more than retry.backoff.max.ms (30000): lower it or raise"
                + " the other'"
    })
    void saysWhichTimesDoNotFitTogether(String name, String value, String problem) {
        Map<String, String> props = with(name, value);
        props.put("delivery.timeout.ms", "60000");

        assertThat(errors(props)).isEqualTo(Map.of(name, List.of(problem)));
    }

    @Test
    void wantsBothOrNeitherOfTopicAndBrokersForDeliveries() {
        assertThat(errors(with("deliveries.topic", "andon.deliveries")))
                .isEqualTo(Map.of(
                        "deliveries.producer.bootstrap.servers",
                        List.of("deliveries.producer.bootstrap.servers is empty, but deliveries.topic is set: set both"
                                + " or neither")));
        assertThat(errors(with("deliveries.producer.bootstrap.servers", "kafka:9092")))
                .isEqualTo(Map.of(
                        "deliveries.topic",
                        List.of("deliveries.topic is empty, but deliveries.producer.bootstrap.servers is set: set both"
                                + " or neither")));
    }

    @Test
    void wantsTheRecordsAsBytes() {
        assertThat(errors(with("value.converter", "org.apache.kafka.connect.json.JsonConverter")))
                .containsOnlyKeys("value.converter");
    }

    @Test
    void refusesToStartWithOptionsThatDoNotFitNamingAll() {
        Map<String, String> props = with("connect.timeout.ms", "20000");
        props.put("retry.backoff.ms", "40000");

        assertThatThrownBy(() -> connector.start(props))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("connect.timeout.ms is 20000")
                .hasMessageContaining("retry.backoff.ms is 40000");
    }

    @Test
    void readsWhatIsSetAndTheDefaultsOfWhatIsNot() {
        WebhookSinkConfig config = WebhookSinkConfig.parse(with("request.timeout.ms", "5000"));

        assertThat(config.all().getLong("request.timeout.ms")).isEqualTo(5_000);
        assertThat(config.all().getLong("connect.timeout.ms")).isEqualTo(3_000);
        assertThat(config.maxPayloadBytes()).isEqualTo(65_536);
        assertThat(config.common().deliveryTimeout()).isEqualTo(Duration.ofHours(2));
        assertThat(config.common().actions()).hasSize(4);
        assertThat(config.common().sendObserved()).isFalse();
        assertThat(config.common().deliveriesTopic()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signing.secrets", "headers"})
    void keepsSecretsAsPasswords(String name) {
        assertThat(connector.config().configKeys().values())
                .filteredOn(key -> key.name.equals(name))
                .singleElement()
                .satisfies(key -> assertThat(key.type()).isEqualTo(ConfigDef.Type.PASSWORD));
    }

    @Test
    void documentsEveryOptionWithItsGroup() {
        assertThat(connector.config().configKeys().values()).hasSize(18).allSatisfy(key -> {
            assertThat(key.documentation).as(key.name).endsWith(".").hasSizeGreaterThan(40);
            assertThat(key.group).as(key.name).isNotBlank();
        });
    }

    private Map<String, List<String>> errors(Map<String, String> props) {
        Map<String, String> all = new HashMap<>(GOOD);
        all.putAll(props);
        all.values().removeIf(String::isEmpty);
        return connector.validate(all).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> props = new HashMap<>(GOOD);
        props.put(name, value);
        return props;
    }

    private static Map<String, String> without(String... names) {
        Map<String, String> props = new HashMap<>();
        for (String name : names) {
            props.put(name, "");
        }
        return props;
    }
}
