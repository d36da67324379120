package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesTheSignalsOfARecordingAndATableOnStderr() throws IOException {
        assertThat(replay(record("incident"))).isEqualTo(ExitCode.DONE);
        assertThat(signals("incident"))
                .contains("\"action\":\"HALT\"")
                .contains("\"rolloutId\":\"" + ClearCase.GUILTY + "\"");
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .containsPattern("incident +" + ClearCase.inputs().size() + " +1 ")
                .endsWith("none" + System.lineSeparator());
    }

    @Test
    void endsWith3WhenAskedToFailOnAHalt() throws IOException {
        assertThat(replay(record("incident"), "--fail-on-halt")).isEqualTo(ExitCode.HALTED);
    }

    @Test
    void replaysEveryRecordingOfAFolder() throws IOException {
        record("one");
        record("two");
        assertThat(replay(folder)).isEqualTo(ExitCode.DONE);
        assertThat(signals("one")).isEqualTo(signals("two")).isNotEmpty();
    }

    @Test
    void judgesByTheSettingsOfTheRecordingUnlessOthersAreGiven() throws IOException {
        Path recording = record("incident");
        Path lenient = Files.writeString(folder.resolve("lenient.yaml"), "detection: {halt-probability: 0.8}\n");
        Files.writeString(recording.resolve("andon.yaml"), "detection: {latency-ratio: 999, error-ratio: 999}\n");
        assertThat(replay(recording, "--fail-on-halt")).as(terminal.err()).isEqualTo(ExitCode.DONE);
        assertThat(replay(recording, "--config", lenient.toString(), "--fail-on-halt"))
                .isEqualTo(ExitCode.HALTED);
    }

    @Test
    void countsARefusedLineAndSaysWhereItIs() throws IOException {
        Path recording = record("incident");
        String clean = replayed(recording);
        append(recording, "{\"time\":\"2026-01-01T00:00:00Z\"}\n");
        int line = Files.readAllLines(recording.resolve("rollouts.jsonl")).size();
        assertThat(replay(recording)).isEqualTo(ExitCode.DONE);
        assertThat(terminal.err())
                .contains("rollouts.jsonl:" + line + ": missing_field: rolloutId is required but absent")
                .contains("1 missing_field");
        assertThat(signals("incident")).isEqualTo(clean);
    }

    @Test
    void saysOfALineThatEndsTooEarlyWhatIsWrongInOneShortSentence() throws IOException {
        Path recording = record("incident");
        append(recording, "{\"time\":\"2026-01-14T22:00:00Z\",\"workload\":{\"kind\":\"Deploy\n{\"workload\":{\n");
        assertThat(replay(recording)).isEqualTo(ExitCode.DONE);
        assertThat(terminal.err().lines().filter(line -> line.contains("unreadable:")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("Unexpected end-of-input")
                        .doesNotContain("StreamReadFeature")
                        .hasSizeLessThan(120));
    }

    @Test
    void endsWith2OnARefusedLineWhenStrict() throws IOException {
        Path recording = record("incident");
        append(recording, "not json\n");
        assertThat(replay(recording, "--strict")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("--strict was given");
    }

    @Test
    void showsTheFirstOfManyWarningsAndCountsAll() throws IOException {
        Path recording = record("incident");
        append(recording, "not json\n".repeat(50));
        assertThat(replay(recording)).isEqualTo(ExitCode.DONE);
        assertThat(terminal.err()).contains("30 more such lines").contains("50 unreadable");
    }

    @Test
    void saysThatAPathIsNoRecording() {
        assertThat(replay(folder)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("is no recording and holds none").contains("rollouts.jsonl");
        assertThat(replay(folder.resolve("absent"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("there is no recording " + folder.resolve("absent"));
    }

    @Test
    void refusesTwoRecordingsOfOneName() throws IOException {
        Path first = record("a/incident");
        Path second = record("b/incident");
        assertThat(terminal.run("replay", first.toString(), second.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("two recordings are named incident");
    }

    private int replay(Path path, String... options) {
        String[] args = new String[4 + options.length];
        args[0] = "replay";
        args[1] = path.toString();
        args[2] = "--output-dir";
        args[3] = out().toString();
        System.arraycopy(options, 0, args, 4, options.length);
        return terminal.run(args);
    }

    private String replayed(Path recording) throws IOException {
        replay(recording);
        return signals(recording.getFileName().toString());
    }

    private String signals(String recording) throws IOException {
        return Files.readString(out().resolve(recording + ".signals.jsonl"));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path record(String name) throws IOException {
        return ClearCase.write(folder.resolve(name));
    }

    private static void append(Path recording, String lines) throws IOException {
        Files.writeString(recording.resolve("rollouts.jsonl"), lines, StandardOpenOption.APPEND);
    }
}
