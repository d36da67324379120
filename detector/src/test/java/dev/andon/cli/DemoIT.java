package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program as a user starts it: broker, connectors, detector, HTTP, simulated clusters and CD system. */
class DemoIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void haltsTheGuiltyRolloutAndLetsTheInnocentsComplete() throws IOException {
        Path recording = folder.resolve("recorded");
        Terminal terminal = new Terminal();
        int code = terminal.run("demo", "--json", "--port", "0", "--record", recording.toString());
        assertThat(code).as(terminal.err()).isEqualTo(ExitCode.DONE);
        JsonNode summary = new ObjectMapper().readTree(terminal.out());
        assertThat(summary.path("scenario").asText()).isEqualTo("dns-masked-control-plane");
        assertThat(texts(summary.path("halted"))).containsExactly("telemetry-agent-7f3");
        assertThat(texts(summary.path("completed"))).containsExactlyInAnyOrder("web-42", "storage-csi-1c9");
        JsonNode exposure = summary.path("exposureAtHalt");
        // A sixth on a machine of its own; the demo runs in real time, and one that is busy decides later.
        assertThat(exposure.path("updated").asDouble() / exposure.path("total").asDouble())
                .isBetween(0.0, 0.5);
        assertThat(terminal.err()).contains("HALT telemetry-agent-7f3").contains("web-42 100.0 %");
        decidesTheSameAgain(recording);
    }

    private void decidesTheSameAgain(Path recording) throws IOException {
        Path out = folder.resolve("signals");
        List<String> ways = new ArrayList<>();
        for (String way : List.of("--strict", "--through-kafka")) {
            Terminal terminal = new Terminal();
            int code =
                    terminal.run("replay", recording.toString(), "--output-dir", out.toString(), "--fail-on-halt", way);
            assertThat(code).as(terminal.err()).isEqualTo(ExitCode.HALTED);
            ways.add(Files.readString(out.resolve("recorded.signals.jsonl")));
        }
        assertThat(ways.get(0))
                .contains("\"rolloutId\":\"telemetry-agent-7f3\"")
                .isEqualTo(ways.get(1));
    }

    @Test
    void showsTheSameIncidentUnhaltedWhenAndonIsSwitchedOff() throws IOException {
        Terminal terminal = new Terminal();
        int code = terminal.run("demo", "--no-andon", "--json", "--port", "0", "--speed", "4");
        assertThat(code).as(terminal.err()).isEqualTo(ExitCode.DONE);
        JsonNode summary = new ObjectMapper().readTree(terminal.out());
        assertThat(summary.path("guilty").asText()).isEqualTo("telemetry-agent-7f3");
        assertThat(summary.path("halt").isNull()).isTrue();
        assertThat(texts(summary.path("halted"))).isEmpty();
        assertThat(texts(summary.path("completed")))
                .containsExactlyInAnyOrder("telemetry-agent-7f3", "web-42", "storage-csi-1c9");
        assertThat(terminal.err()).contains("ANDON SWITCHED OFF").contains("telemetry-agent-7f3 100.0 %");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
