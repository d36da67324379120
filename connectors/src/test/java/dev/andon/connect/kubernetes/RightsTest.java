package dev.andon.connect.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manifest gives the rights that the sink uses, and no other. */
class RightsTest {
    private final String manifest;

    RightsTest() throws IOException {
        manifest = Files.readString(Path.of("..", "docs", "reference", "kubernetes-rbac.yaml"));
    }

    @ParameterizedTest
    @EnumSource
    void givesTheRightsForEachKind(Brake brake) {
        String group = brake.path("n", "o").split("/", -1)[2];

        assertThat(manifest)
                .containsPattern(
                        "apiGroups: \\[" + group + "]\\n    resources: \\[[^]]*\\b" + brake.resource() + "\\b");
        if (brake.inStatus()) {
            assertThat(manifest).contains(brake.resource() + "/status");
        }
    }

    @Test
    void givesNoOtherVerbThanToReadAndToPatch() {
        assertThat(manifest.lines().filter(line -> line.contains("verbs:")))
                .isNotEmpty()
                .allMatch(line -> line.strip().equals("verbs: [get, patch]"));
        assertThat(manifest).doesNotContain("*");
    }
}
