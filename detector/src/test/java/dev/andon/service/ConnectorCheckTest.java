package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorCheckTest {
    @TempDir
    Path directory;

    @Test
    void findsEveryProblemOfAConnectorAtItsLineWithoutKafka() throws IOException {
        assertThat(problems("""
                connectors:
                  letters:
                    connector.class: LettersSource
                    count: 99
                    topik: letters
                  fine:
                    connector.class: PickySink
                    topics: a
                    file: /tmp/x
                    consumer.override.fetch.max.wait.ms: 100
                """))
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactlyInAnyOrder(
                        "4 connectors.letters.count", "2 connectors.letters.topic", "5 connectors.letters.topik");
    }

    @Test
    void namesTheConnectorsThatExist() throws IOException {
        assertThat(problems("connectors: {x: {connector.class: Nothing}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("1:18: connectors.x.connector.class: ")
                        .contains("Nothing", "LettersSource"));
    }

    private List<ConfigProblem> problems(String yaml) throws IOException {
        return ConnectorCheck.problems(
                AndonConfig.parse("andon.yaml", yaml, name -> Optional.empty()), TestPlugins.buildIn(directory));
    }
}
