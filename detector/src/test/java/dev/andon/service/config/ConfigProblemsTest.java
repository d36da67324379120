package dev.andon.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigProblemsTest {
    @Test
    void reportsWhatIsWrongWithThePolicy() {
        assertThat(problems("""
                policy:
                  rules:
                    - mode: maybe
                  freezes:
                    - {name: a, from: 2026-12-24T00:00:00Z, to: tomorrow}
                    - {name: b, from: 2026-12-24T00:00:00Z, to: 2026-12-23T00:00:00Z}
                """))
                .containsExactly(
                        "3:13: policy.rules[0].mode = \"maybe\": must be one of observe, enforce; write for example observe",
                        "5:49: policy.freezes[0].to = \"tomorrow\": must be an instant in UTC; write for example"
                                + " 2026-11-27T00:00:00Z",
                        "6:45: policy.freezes[1].to = \"2026-12-23T00:00:00Z\": must be later than from, which is"
                                + " 2026-12-24T00:00:00Z; write a later time");
    }

    @Test
    void reportsEveryProblemAtOnceInTheOrderOfTheFile() {
        assertThat(problems("""
                mode: enforced
                kafka:
                  partitons: 12
                  replication.factor: many
                http:
                  port: 80800
                detection:
                  causal-window: 600
                """))
                .containsExactly(
                        "1:7: mode = \"enforced\": must be one of observe, enforce; write for example observe",
                        "3:3: kafka.partitons: there is no such key; did you mean partitions?",
                        "4:23: kafka.replication.factor = \"many\": must be a whole number from -1 to 100;"
                                + " write for example -1",
                        "6:9: http.port = \"80800\": must be a whole number from 0 to 65535; write for example 8080",
                        "8:18: detection.causal-window = \"600\": must be a duration from 10s to 6h with its unit"
                                + " (ms, s, m, h, d); write for example 10m");
    }

    @Test
    void putsFileAndCountBeforeTheProblems() {
        assertThatThrownBy(() -> AndonConfig.parse("andon.yaml", "mod: enforce", name -> Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        andon.yaml has 1 problem:
                          andon.yaml:1:1: mod: there is no such key; did you mean mode?""");
    }

    @Test
    void saysWhatIsMissingAtThePlaceWhereItShouldStand() {
        assertThat(problems("clusters:\n  - nodes: 3\n"))
                .containsExactly("2:5: clusters[0].name: is missing: it is the key of everything that is said of a"
                        + " cluster; write for example name: prod-1");
    }

    @Test
    void saysThatAMapOrAListStandsWhereAValueShouldAndTheOtherWayRound() {
        assertThat(problems("mode: [observe]\nhttp: 8080\nclusters: {name: a}\n"))
                .containsExactly(
                        "1:7: mode: is a map or a list, but one value is wanted; write mode: value",
                        "2:7: http: is a single value, but keys are wanted below it; indent them under http",
                        "3:11: clusters: is not a list; put '- ' before each of its parts");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThat(problems("mode: observe\nmode: enforce\n"))
                .containsExactly("2:1: the key mode stands here again, first in line 1; remove one of them");
    }

    @Test
    void refusesAnchorsAndASecondDocument() {
        assertThat(problems("data: &d {dir: x}\n"))
                .containsExactly("1:7: anchors and aliases are not supported; write the value out");
        assertThat(problems("mode: observe\n---\nmode: enforce\n"))
                .containsExactly("3:1: a second document starts here; keep one document, without a line of '---' in"
                        + " between");
    }

    @Test
    void saysWhereTheFileIsNotYaml() {
        assertThat(problems("mode: observe\nhttp: {port: 1\n"))
                .singleElement()
                .asString()
                .startsWith("2:15: this is not YAML (while parsing a flow mapping, expected")
                .endsWith("; check indentation, quotes and brackets at and before this place");
    }

    @Test
    void saysWhichVariableOrFileIsNotThere() {
        assertThat(problems("""
                http:
                  host: ${env:NOWHERE}
                data:
                  dir: ${file:/no/such/file}
                mode: ${vault:mode}
                """))
                .containsExactly(
                        "2:9: http.host: the environment variable NOWHERE is not set; set it before Andon is started",
                        "4:8: data.dir: the file /no/such/file cannot be read (NoSuchFileException); check the path,"
                                + " that it is text, and that this user may read it",
                        "5:7: mode: values cannot be taken from vault; use ${env:NAME} or ${file:/path}");
    }

    @Test
    void neverShowsASecretThatIsWrong() {
        assertThat(problems("""
                http:
                  tokens:
                    - name: ci
                      token: hunter2
                kafka:
                  bootstrap.servers: there:9092
                  request.timeout.ms: ${env:SECRET}
                webhooks:
                  - name: w
                    url: ftp://user:hunter2@there
                    signing-secret: ${env:SECRET}
                """))
                .hasSize(4)
                .noneMatch(problem -> problem.contains("hunter2"))
                .contains("4:14: http.tokens[0].token = (hidden): has 7 characters, at least 16 are needed; use a long"
                        + " random one, for example from openssl rand -hex 24");
    }

    @Test
    void saysWhyAWebhookSecretWouldBeRefusedByTheConnectorWithoutShowingIt() {
        assertThat(problems("""
                webhooks:
                  - {name: a, url: "https://cd", signing-secret: hunter2hunter2hunter2}
                  - {name: b, url: "https://cd", signing-secret: whsec_hunter2!}
                  - {name: c, url: "https://cd", signing-secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_aHVudGVyMg=="}
                """))
                .noneMatch(problem -> problem.contains("hunter2") || problem.contains("aHVudGVyMg"))
                .extracting(problem -> problem.replaceFirst("^[^=]*= ", "").replaceFirst(";.*", ""))
                .containsExactly(
                        "(hidden): does not begin with whsec_",
                        "(hidden): is not base64 after whsec_",
                        "(hidden): secret 2 holds 7 bytes");
    }

    @Test
    void checksPropertiesOfKafkaClientsByKafkasOwnDefinition() {
        assertThat(problems("""
                kafka:
                  bootstrap.servers: there:9092
                  security.protocl: SSL
                  request.timeout.ms: soon
                """))
                .containsExactly(
                        "3:3: kafka.security.protocl: there is no such key; did you mean security.protocol?",
                        "4:23: kafka.request.timeout.ms = \"soon\": Invalid value soon for configuration"
                                + " request.timeout.ms: Not a number of type INT; see the property of this name in"
                                + " Kafka's documentation");
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThat(problems("""
                kafka: {port: 8080, replication.factor: 3, security.protocol: SSL}
                http: {port: 8080}
                detection: {hold-probability: 0.9}
                fleets: [east, east]
                clusters: [{name: a, fleet: eats}, {name: a, fleet: east}]
                webhooks: [{name: x, url: "http://h", signing-secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, actions: [STOP]}]
                connectors: {x: {connector.class: C}}
                """))
                .extracting(problem -> problem.replaceFirst("^\\d+:\\d+: ", "")
                        .replaceFirst(" = .*", "")
                        .replaceFirst(": has.*", ""))
                .containsExactlyInAnyOrder(
                        "kafka",
                        "kafka.replication.factor",
                        "http.port",
                        "detection.hold-probability",
                        "fleets[1]",
                        "clusters[0].fleet",
                        "clusters[1]",
                        "webhooks[0].name",
                        "webhooks[0].actions");
    }

    @Test
    void showsAKeyWithLineBreaksAndTerminalEscapesInOneHarmlessLine() {
        assertThat(problems("\"evil\\nkey\\e[2J\": 1\n"))
                .singleElement()
                .asString()
                .startsWith("1:1: evil key [2J: there is no such key");
    }

    @Test
    void saysThatTheFileIsNotThere() {
        assertThatThrownBy(() -> AndonConfig.load(Path.of("no", "such", "andon.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the file does not exist; give its path with --config");
    }

    @Test
    void pointsToTheClosestKeyWhenAProblemIsFoundLater() {
        AndonConfig config =
                AndonConfig.parse("f", "connectors:\n  pager:\n    connector.class: C\n", name -> Optional.empty());
        assertThat(config.problemAt("connectors.pager.url", "is missing", "add it")
                        .toString())
                .isEqualTo("2:3: connectors.pager.url: is missing; add it");
    }

    static List<String> problems(String yaml) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> AndonConfig.parse(
                        "andon.yaml",
                        yaml,
                        name -> name.equals("SECRET") ? Optional.of("hunter2-hunter2-hunter2") : Optional.empty()));
        return refused.problems().stream().map(ConfigProblem::toString).toList();
    }
}
