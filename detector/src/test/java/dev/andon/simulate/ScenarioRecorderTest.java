package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.recording.Recording;
import dev.andon.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioRecorderTest {
    private static final Scenario SCENARIO =
            Scenarios.DNS_MASKED_CONTROL_PLANE.create(Scenarios.Options.of(1, Pace.DEMO));

    @Test
    void writesARecordingThatReadsBackWithoutALineRefused(@TempDir Path folder) throws IOException {
        ScenarioRecorder.record(SCENARIO, folder);
        List<String> warnings = new ArrayList<>();

        Recording recording = new RecordingReader(warnings::add).read(folder);

        assertThat(warnings).isEmpty();
        assertThat(recording.refused()).isEmpty();
        Recorded recorded = ScenarioPlayer.play(SCENARIO);
        assertThat(recording.inputs()).hasSameSizeAs(recorded.inputs());
        assertThat(Set.copyOf(recording.inputs()).equals(Set.copyOf(recorded.inputs())))
                .isTrue();
    }

    @Test
    void writesTheSameBytesEveryTime(@TempDir Path one, @TempDir Path other) throws IOException {
        ScenarioRecorder.record(SCENARIO, one);
        ScenarioRecorder.record(SCENARIO, other);

        for (String file : List.of(
                "rollouts.jsonl", "apiserver-latency.jsonl", "dns-errors.jsonl", "clusters.jsonl", "truth.json")) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
    }

    @Test
    void putsTheTruthBeside(@TempDir Path folder) throws IOException {
        Truth truth = ScenarioRecorder.record(SCENARIO, folder);

        JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("truth.json")));

        assertThat(json.path("culprit").asText()).isEqualTo("telemetry-agent-7f3");
        assertThat(json.path("onset").asText())
                .isEqualTo(truth.onset().orElseThrow().toString());
        assertThat(json.path("onsetByCluster").path("prod-600").asText())
                .isEqualTo(truth.onset().orElseThrow().toString());
        assertThat(json.path("clean").asBoolean()).isFalse();
        assertThat(json.path("dnsMasked").asBoolean()).isTrue();
    }
}
