package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandsTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void saysInOneLineWhatAValidConfigurationHolds() throws IOException {
        Path file = write("mode: enforce\nclusters: [{name: prod-1}, {name: prod-2}]\n");
        assertThat(terminal.run("validate-config", file.toString())).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out())
                .isEqualTo(
                        file + " is valid: mode enforce, embedded Kafka, 2 clusters, 0 webhooks, 0 further connectors"
                                + System.lineSeparator());
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void namesEveryProblemWithItsLineAndEndsWith2() throws IOException {
        Path file = write("mode: loud\nkafka:\n  partitons: 3\n");
        assertThat(terminal.run("validate-config", file.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err())
                .startsWith("andon: " + file + " has 2 problems:")
                .contains("andon.yaml:1:")
                .contains("andon.yaml:3:")
                .contains("did you mean partitions?")
                .doesNotContain("\tat ");
        assertThat(terminal.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate-config absent.yaml", "run --config absent.yaml", "topology --config absent.yaml"})
    void saysThatAConfigurationIsMissing(String args) {
        assertThat(terminal.run(args.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("absent.yaml").doesNotContain("\tat ");
    }

    @Test
    void printsTheTopologyUnderTheConfiguredNames() throws IOException {
        Path file = write("kafka: {topic.prefix: 'blue.'}\n");
        assertThat(terminal.run("topology", "--config", file.toString())).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out())
                .contains("Sub-topology: 1")
                .contains("blue.apiserver-latency")
                .doesNotContain("KSTREAM");
        assertThat(terminal.run("topology")).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out()).contains("andon.apiserver-latency");
    }

    @Test
    void refusesADurationThatIsNone() {
        assertThat(terminal.run("record", "--output", "x", "--for", "soon")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("'soon' is not a duration such as 90s, 5m or 2h");
    }

    @Test
    void refusesToMixTwoRecordings() throws IOException {
        Files.createFile(folder.resolve("rollouts.jsonl"));
        assertThat(terminal.run("record", "--output", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("holds a recording already");
        assertThat(terminal.run("demo", "--record", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void listsTheScenariosOfTheDemo() {
        assertThat(terminal.run("demo", "--scenario", "list")).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out())
                .contains("dns-masked-control-plane ")
                .contains("healthy ")
                .contains("concurrent-rollouts ")
                .contains("dns-config ");
    }

    @Test
    void refusesADemoThatCannotBe() throws IOException {
        assertThat(terminal.run("demo", "--scenario", "apocalypse")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("there is no scenario \"apocalypse\"; choose one of");
        assertThat(terminal.run("demo", "--speed", "11")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("--speed must be between 0.1 and 10 but was 11.0");
        Files.createFile(folder.resolve("something"));
        assertThat(terminal.run("demo", "--data-dir", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("is not empty; a demo begins with an empty broker");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("andon.yaml"), yaml);
    }
}
