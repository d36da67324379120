package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Recorded;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final JsonCodec CODEC = new JsonCodec(field -> {});
    private static final Recorded INCIDENT = play(Scenarios.ALL_AT_ONCE, 1);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void haltsTheRolloutThatHurtsItsClusterAndNoOther() {
        List<Signal> signals = Replay.run(INCIDENT.inputs(), Settings.DEFAULT).signals();
        assertThat(signals)
                .filteredOn(signal -> signal.action() == Action.HALT)
                .isNotEmpty()
                .allSatisfy(halt -> {
                    assertThat(halt.rolloutId()).isEqualTo(INCIDENT.truth().guilty());
                    assertThat(halt.evidence()).isNotEmpty();
                    assertThat(halt.reason()).contains(halt.rolloutId().orElseThrow());
                });
    }

    @Test
    void leavesAnInnocentRolloutAlone() {
        List<Input> inputs = play(Scenarios.CLEAN, 3).inputs();
        assertThat(Replay.run(inputs, Settings.DEFAULT).signals()).noneMatch(signal -> signal.action() == Action.HALT);
    }

    @Test
    void saysTheSameOnEveryRun() {
        assertThat(lines(INCIDENT.inputs())).isEqualTo(lines(INCIDENT.inputs())).isNotEmpty();
    }

    @Test
    void saysTheSameOfADamagedAndDisorderedRecording() throws IOException {
        write(INCIDENT.inputs(), "clean", lines -> lines);
        write(INCIDENT.inputs(), "damaged", ReplayTest::damaged);
        List<String> warnings = new ArrayList<>();
        Recording clean = new RecordingReader(warnings::add).read(folder.resolve("clean"));
        assertThat(warnings).isEmpty();
        Recording damaged = new RecordingReader(warnings::add).read(folder.resolve("damaged"));
        assertThat(lines(damaged.inputs())).isEqualTo(lines(clean.inputs())).isNotEmpty();
        assertThat(damaged.refused())
                .containsEntry(RejectReason.UNREADABLE, 1L)
                .containsEntry(RejectReason.MISSING_FIELD, 1L)
                .containsEntry(RejectReason.INCONSISTENT, 1L)
                .containsEntry(RejectReason.FROM_THE_FUTURE, 1L);
        assertThat(Replay.run(damaged.inputs(), Settings.DEFAULT).refused()).containsKey(RejectReason.DUPLICATE);
        assertThat(warnings).anyMatch(warning -> warning.startsWith("apiserver-latency.jsonl:"));
    }

    private interface Damage {
        List<String> of(List<String> lines);
    }

    /** Disorder of up to 60 s, every tenth line twice, and four lines that nobody can use. */
    private static List<String> damaged(List<String> lines) {
        var random = new Random(5);
        record Placed(long millis, String line) {}
        List<Placed> placed = new ArrayList<>();
        for (String line : lines) {
            long millis = Instant.parse(line.substring(9, line.indexOf('"', 9))).toEpochMilli();
            placed.add(new Placed(millis + random.nextInt(60_000), line));
            if (random.nextInt(10) == 0) placed.add(new Placed(millis + random.nextInt(60_000), line));
        }
        placed.sort(Comparator.comparingLong(Placed::millis));
        List<String> all = new ArrayList<>(placed.stream().map(Placed::line).toList());
        all.add(all.size() / 3, "{\"time\":\"2026-01-01T00:00:00Z\",\"clus");
        all.add(all.size() / 2, all.get(0).replace("\"instance\"", "\"instanz\""));
        all.add(all.size() / 2, all.get(1).replaceFirst("\"counts\":\\[", "\"counts\":[1,"));
        all.add(7, all.get(2).replaceFirst("\"time\":\"....", "\"time\":\"2096"));
        return all;
    }

    private void write(List<Input> inputs, String name, Damage damage) throws IOException {
        Path recording = Files.createDirectories(folder.resolve(name));
        Map<InputKind, List<String>> files = new LinkedHashMap<>();
        for (Input input : inputs) {
            files.computeIfAbsent(InputKind.of(input), kind -> new ArrayList<>())
                    .add(CODEC.write(input));
        }
        for (Map.Entry<InputKind, List<String>> file : files.entrySet()) {
            boolean latency = file.getKey() == InputKind.APISERVER_LATENCY;
            List<String> lines = latency ? damage.of(file.getValue()) : file.getValue();
            Files.write(recording.resolve(file.getKey().stream() + ".jsonl"), lines);
        }
    }

    private static List<String> lines(List<Input> inputs) {
        return Replay.run(inputs, Settings.DEFAULT).signals().stream()
                .map(CODEC::write)
                .toList();
    }

    private static Recorded play(Scenarios scenario, long seed) {
        return ScenarioPlayer.play(scenario.create(Scenarios.Options.of(seed, Pace.BRIEF)));
    }
}
