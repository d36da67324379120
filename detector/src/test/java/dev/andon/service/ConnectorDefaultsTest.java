package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectorDefaultsTest {
    private final ConnectorDefaults defaults = new ConnectorDefaults(
            new EmbeddedConnect.Settings("kafka:9092", Path.of("plugins"), "halt.", (short) 1, Map.of()));

    @Test
    void aSourceWritesToTheTopicsOfThisInstall() {
        Set<String> options = Set.of("rollouts.topic", "clusters.topic", "measurements.topic", "dead.letters.topic");

        assertThat(defaults.complete("watch", Map.of("measurements.topic", "own"), false, options))
                .containsEntry("rollouts.topic", "halt.rollouts")
                .containsEntry("clusters.topic", "halt.clusters")
                .containsEntry("measurements.topic", "own")
                .containsEntry("dead.letters.topic", "halt.dead-letters")
                .doesNotContainKey("dns.errors.topic");
    }
}
