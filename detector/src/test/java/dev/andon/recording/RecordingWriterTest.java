package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.simulate.Pace;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {
    private static final List<Input> INPUTS = ScenarioPlayer.play(
                    Scenarios.CLEAN.create(Scenarios.Options.of(1, Pace.DEMO)))
            .inputs();
    private static final Signal SIGNAL = new Signal(
            INPUTS.get(0).time(),
            "id",
            Action.HOLD,
            Optional.of("web"),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            "because",
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesWhatIsReadBackAsItWas() throws IOException {
        List<String> warnings = new ArrayList<>();
        Path recording = folder.resolve("incident");
        try (RecordingWriter writer = RecordingWriter.create(recording)) {
            for (Input input : INPUTS) writer.write(input);
            writer.write(SIGNAL);
            assertThat(writer.counts())
                    .containsEntry("signals", 1L)
                    .containsKeys("rollouts", "apiserver-latency", "dns-errors", "clusters");
            assertThat(writer.counts().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(INPUTS.size() + 1L);
        }
        assertThat(new RecordingReader(warnings::add).read(recording).inputs())
                .containsExactlyInAnyOrderElementsOf(INPUTS);
        assertThat(warnings).isEmpty();
    }

    @Test
    void isARecordingEvenWhenNothingHappened() throws IOException {
        RecordingWriter.create(folder.resolve("quiet")).close();
        assertThat(RecordingReader.find(folder)).containsExactly(folder.resolve("quiet"));
    }

    @Test
    void refusesAFolderThatHoldsARecordingAlready() throws IOException {
        RecordingWriter.create(folder).close();
        assertThatThrownBy(() -> RecordingWriter.create(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds a recording already");
    }
}
