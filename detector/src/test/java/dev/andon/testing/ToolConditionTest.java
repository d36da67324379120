package dev.andon.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class ToolConditionTest {
    private Path folder;

    @BeforeEach
    void installKcat(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Path kcat = Files.createFile(folder.resolve("kcat"));
        assertThat(kcat.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void runsATestWhoseToolsAreInstalled() {
        assertThat(condition("false").evaluate("kcat").isDisabled()).isFalse();
    }

    @Test
    void skipsATestAndNamesTheToolsThatAreMissing() {
        var result = condition("false").evaluate("kcat", "promtool", "etcd");
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).contains("not on the PATH: promtool, etcd");
    }

    @Test
    void failsATestWhoseToolIsMissingOnTheCiMachine() {
        assertThatIllegalStateException()
                .isThrownBy(() -> condition("true").evaluate("promtool"))
                .withMessage(
                        "not on the PATH: promtool, and with ANDON_CI=true that is a failure: install it in .ci/run");
    }

    @Test
    void doesNotTakeAFileThatCannotBeExecutedForATool() throws IOException {
        Files.createFile(folder.resolve("promtool"));
        assertThat(condition("false").evaluate("promtool").isDisabled()).isTrue();
    }

    @Test
    void abortsOrFailsForAnythingElseThatIsMissingByTheSameRule() {
        assertThatExceptionOfType(TestAbortedException.class).isThrownBy(() -> {
            throw machine("false").missing("no Docker engine answers");
        });
        assertThatIllegalStateException().isThrownBy(() -> {
            throw machine("true").missing("no Docker engine answers");
        });
    }

    private ToolCondition condition(String ci) {
        return new ToolCondition(machine(ci));
    }

    private Machine machine(String ci) {
        return new Machine(Map.of("ANDON_CI", ci, "PATH", "/nowhere:" + folder));
    }
}
