package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedConnectIT {
    private static final String LETTERS = "LettersSource";
    private static final String PICKY = "PickySink";

    private final KafkaBroker kafka;
    private final KafkaProbe probe;
    private Path directory;
    private EmbeddedConnect connect;

    EmbeddedConnectIT(KafkaBroker kafka) {
        this.kafka = kafka;
        this.probe = KafkaProbe.of(kafka);
    }

    @BeforeAll
    void start(@TempDir Path tempDirectory) throws Exception {
        directory = tempDirectory;
        probe.createTopic("connect-it.dead-letters", 1);
        TestPlugins.buildIn(directory);
        connect = startConnect();
    }

    @AfterAll
    void stop() {
        connect.close();
    }

    @Test
    void loadsConnectorsFromThePluginFolderAndContinuesAtTheStoredOffset() throws Exception {
        probe.createTopic("letters", 1);
        connect.create("source", Map.of("connector.class", LETTERS, "topic", "letters"));
        assertThat(probe.values("letters", 3)).containsExactly("a", "b", "c");
        connect.close();

        connect = startConnect();
        connect.create("source", Map.of("connector.class", LETTERS, "topic", "letters", "count", "5"));
        assertThat(probe.values("letters", 5)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void reportsEveryProblemOfAConfigurationInOneMessage() {
        assertThatThrownBy(() ->
                        connect.create("bad", Map.of("connector.class", LETTERS, "count", "99", "topik", "letters")))
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith("connector bad cannot be created:\n")
                .hasMessageContaining("topic: Missing required configuration")
                .hasMessageContaining("count: Invalid value 99")
                .hasMessageContaining("topik: is not an option of this connector; did you mean topic?");
        assertThat(connect.status("bad")).isEmpty();
    }

    @Test
    void namesTheConnectorsThatExistWhenTheClassIsUnknown() {
        assertThat(connect.check("bad", Map.of("connector.class", "LetersSource")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("LetersSource", LETTERS));
    }

    @Test
    void keepsRejectedRecordsAsDeadLettersWithTheirReason() throws Exception {
        Path file = directory.resolve("delivered");
        probe.createTopic("mixed", 1);
        probe.send("mixed", "good", "bad", "better");
        connect.create("sink", sink(file, "mixed", "rejected", "bad"));

        await().until(() -> Files.exists(file) && Files.readString(file).equals("goodbetter"));
        List<ConsumerRecord<String, String>> dead = probe.read("connect-it.dead-letters", 1);
        assertThat(dead).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo("bad");
            assertThat(header(letter, "__connect.errors.topic")).isEqualTo("mixed");
            assertThat(header(letter, "__connect.errors.exception.message")).isEqualTo("do not like bad");
        });
    }

    @Test
    void tellsTheCauseOfAFailureInOneLineAndRunsAgainAfterARestart() throws Exception {
        Path file = directory.resolve("fragile");
        probe.createTopic("fragile", 1);
        connect.create("fragile", sink(file, "fragile", "fatal", "boom"));
        probe.send("fragile", "boom");
        await().until(() -> status("fragile").failure().isPresent());
        assertThat(status("fragile").failure().orElseThrow())
                .isEqualTo("org.apache.kafka.connect.errors.DataException: cannot digest boom");
        assertThat(status("fragile").running()).isFalse();

        connect.create("fragile", sink(file, "fragile", "fatal", "none"));
        await().until(() -> Files.exists(file) && Files.readString(file).equals("boom"));
        connect.restart("fragile");
        await().until(() -> status("fragile").running());
    }

    @Test
    void saysThatThePluginFolderIsMissing() {
        var settings = new EmbeddedConnect.Settings(
                kafka.bootstrapServers(), directory.resolve("nowhere"), "connect-it.", (short) 1, Map.of());
        assertThatThrownBy(() -> EmbeddedConnect.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the folder of the connectors " + directory.resolve("nowhere"));
    }

    private EmbeddedConnect startConnect() throws IOException {
        return EmbeddedConnect.start(new EmbeddedConnect.Settings(
                kafka.bootstrapServers(), directory.resolve("plugins"), "connect-it.", (short) 1, Map.of()));
    }

    private ConnectorStatus status(String name) {
        return connect.status(name).orElseThrow();
    }

    private static Map<String, String> sink(Path file, String topic, String option, String value) {
        return Map.of("connector.class", PICKY, "topics", topic, "file", file.toString(), option, value);
    }

    private static String header(ConsumerRecord<String, String> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
