package dev.andon.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import dev.andon.recording.Recording;
import dev.andon.recording.RecordingReader;
import dev.andon.recording.Replay;
import dev.andon.simulate.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Writes {@code docs/quality.md}, and fails when quality has fallen below what was reached. Run by
 * {@code mvn -Pquality verify}; {@code -Dandon.quality.cases=N} sets the cases per scenario,
 * {@code -Dandon.quality.clean=N} the clean ones, {@code -Dandon.quality.recordings=DIR} adds real recordings,
 * {@code -Dandon.quality.folder=DIR} writes elsewhere.
 */
class QualityTables {
    private static final Path REPORT = Path.of(System.getProperty("andon.quality.folder", "../docs"), "quality.md");
    /** Incidents that tell who did it: by dose, by place or by time. */
    private static final Set<Scenarios> TELLING = EnumSet.of(
            Scenarios.DNS_MASKED_CONTROL_PLANE, Scenarios.DNS_CONFIG, Scenarios.ALL_AT_ONCE, Scenarios.GLOBAL_CONFIG);
    /** Everyday life. */
    private static final Set<Scenarios> CLEAN =
            EnumSet.of(Scenarios.CLEAN, Scenarios.HEALTHY, Scenarios.SCRAPE_BLACKOUT, Scenarios.TRAFFIC_DOUBLING);

    @Test
    void areWritten() throws IOException {
        int each = Integer.getInteger("andon.quality.cases", 60);
        int clean = Integer.getInteger("andon.quality.clean", 3_000);
        LibraryTable library = new LibraryTable(each, clean);
        String report = String.join(
                "\n",
                "# Quality",
                "",
                "Made by `mvn -Pquality verify -Dandon.quality.cases=" + each + " -Dandon.quality.clean=" + clean + "`"
                        + " with the default settings, 5 s samples. Intervals are 95 % (Wilson). Seeds from 100001 on;"
                        + " tuning used smaller ones.",
                "",
                "## Scenario library",
                "",
                library.totals(),
                library.table(),
                "## 2024-12-11 at its own pace",
                "",
                "29 minutes of rollout through clusters of 60, 600 and 3,000 nodes, DNS caches of 20 minutes. The clusters"
                        + " of 60 and 600 nodes are a fifth of all and mostly stay silent.",
                "",
                LibraryTable.atItsOwnPace(Math.max(2, each / 2)),
                "## Stated probabilities",
                "",
                library.reliability(),
                "## Compared with simple rules",
                "",
                "Right rollout first, where one was guilty. The rules are told the true onset and cannot answer \"nobody\".",
                "",
                library.comparison(),
                "## Streams with known law",
                "",
                "One series alone, asked for one false alarm in 1,000 ticks; means of 400 runs, cut at 5,000 ticks. The"
                        + " first table has no change, the second one after 200 ticks.",
                "",
                StreamTable.falseAlarms(),
                StreamTable.delays(),
                recordings(),
                section("peers"),
                section("rules"));
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, report);
        mustNotHaveFallen(library);
    }

    /** Below what is reported, as few cases scatter more. */
    private static void mustNotHaveFallen(LibraryTable library) {
        assertThat(library.part(TELLING::contains, Case::halted))
                .as("guilty rollouts halted where the incident tells")
                .isGreaterThan(0.9);
        assertThat(library.partOfGuilty(Case::held))
                .as("guilty rollouts halted or held")
                .isGreaterThan(0.9);
        assertThat(library.partOfGuilty(Case::innocentHalted))
                .as("innocents halted beside a guilty rollout")
                .isLessThan(0.05);
        assertThat(library.part(CLEAN::contains, Case::innocentHalted))
                .as("false halts")
                .isLessThan(0.005);
    }

    /** Other programs of the same profile write sections of their own, before this one. */
    private static String section(String name) throws IOException {
        Path written = Path.of("target", "quality", name + ".md");
        return Files.exists(written) ? Files.readString(written) : "";
    }

    private static String recordings() throws IOException {
        String folder = System.getProperty("andon.quality.recordings", "");
        if (folder.isEmpty()) return "";
        StringBuilder table = new StringBuilder("""
                ## Recordings of a real kube-apiserver

                | recording | decisions, seconds since its start |
                | --- | --- |
                """);
        for (Path path : RecordingReader.find(Path.of(folder))) {
            Recording recording = new RecordingReader(warning -> {}).read(path);
            Instant start = recording.inputs().get(0).time();
            String decisions = Replay.run(recording.inputs(), Settings.DEFAULT).signals().stream()
                    .filter(signal -> signal.action() != Action.CLEAR)
                    .map(signal -> decision(signal, start))
                    .reduce((one, other) -> one + "; " + other)
                    .orElse("silent");
            table.append(String.format("| %s | %s |%n", recording.name(), decisions));
        }
        return table.toString();
    }

    private static String decision(Signal signal, Instant start) {
        double seconds = Duration.between(start, signal.time()).toMillis() / 1e3;
        return String.format(
                Locale.ROOT,
                "%s %s at %.0f s%s",
                signal.action(),
                signal.rolloutId().orElse(""),
                seconds,
                signal.probability().isPresent()
                        ? String.format(
                                Locale.ROOT, " (%.2f)", signal.probability().getAsDouble())
                        : "");
    }
}
