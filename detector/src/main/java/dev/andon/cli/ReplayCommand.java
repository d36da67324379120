package dev.andon.cli;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.recording.Recording;
import dev.andon.recording.RecordingReader;
import dev.andon.report.Report;
import dev.andon.service.config.AndonConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code andon replay}: what Andon would have said, had it been there. */
@Command(
        name = "replay",
        description = "Replays recordings as fast as the machine can and writes the signals that come of them.",
        footer = {
            "Examples:",
            "  andon replay incident-42",
            "  andon replay recordings --output-dir out --fail-on-halt",
            "  andon replay incident-42 --report incident-42.html --bad telemetry-agent-7f3",
            "",
            "A recording is a folder that holds at least rollouts.jsonl or rollouts.jsonl.gz. Where it holds an andon.yaml,",
            "that says how it is judged, unless --config does."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int MOST_WARNINGS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private @Nullable Andon andon;

    @Parameters(paramLabel = "RECORDING", arity = "1..*", description = "Recordings, or folders of recordings.")
    private List<Path> paths = List.of();

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            defaultValue = "signals",
            description = "Where DIR/<recording>.signals.jsonl is written (default: ./${DEFAULT-VALUE}).")
    private Path outputDir = Path.of("signals");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Take the detection settings from this configuration (default: andon.yaml of the recording, where"
                            + " it has one, as those of the demo have).")
    private @Nullable Path config;

    @Option(
            names = "--through-kafka",
            description =
                    "Send the recording through an embedded broker and the whole topology: the same signals, slower.")
    private boolean throughKafka;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description =
                    "Also write a page that shows each rollout, what other budgets and operators' usual rules make of it."
                            + " Replays each recording four more times.")
    private @Nullable Path report;

    @Option(
            names = "--bad",
            split = ",",
            paramLabel = "ROLLOUT",
            description =
                    "Rollouts known to be bad, for the report; all others count as fine. 'none' when none was. Default:"
                            + " what truth.json beside a recording says.")
    private List<String> bad = List.of();

    @Option(names = "--strict", description = "End with exit code 2 when a line is refused.")
    private boolean strict;

    @Option(names = "--fail-on-halt", description = "End with exit code 3 when a HALT was emitted.")
    private boolean failOnHalt;

    @Override
    public Integer call() {
        if (andon != null) andon.logging().silent();
        Optional<Settings> given =
                Optional.ofNullable(config).map(file -> AndonConfig.load(file).detection());
        List<Path> folders = recordings();
        ReplayTable table = new ReplayTable(err());
        boolean halted = false;
        List<Report> reports = new ArrayList<>();
        try (Abreast<Replayed> replays = new Abreast<>(mostAtOnce())) {
            for (Path folder : folders) replays.submit(() -> replay(folder, given.orElseGet(() -> own(folder))));
            for (Path folder : folders) {
                Replayed replayed = replays.next();
                err().print(replayed.warnings());
                table.print(replayed.row());
                replayed.report().ifPresent(reports::add);
                halted |= replayed.row().count(Action.HALT) > 0;
                if (strict && replayed.refusedAny()) {
                    throw CommandException.badInput("the recording " + folder
                            + " has lines that were refused (see above), and --strict was given");
                }
            }
        }
        if (report != null) ReportFile.write(report, folders.size() + " recordings", reports, err());
        return halted && failOnHalt ? ExitCode.HALTED : ExitCode.DONE;
    }

    /** Recordings have nothing to do with one another. A broker is work for the whole machine, and strictness stops early. */
    private int mostAtOnce() {
        return throughKafka || strict ? 1 : Runtime.getRuntime().availableProcessors();
    }

    /** What came of one recording, to be told when its turn has come. */
    private record Replayed(String warnings, ReplayTable.Row row, Optional<Report> report) {
        boolean refusedAny() {
            return row.refused().values().stream().anyMatch(count -> count > 0);
        }
    }

    private List<Path> recordings() {
        List<Path> folders = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path path : paths) {
            for (Path folder : find(path)) {
                if (!names.add(name(folder))) {
                    throw CommandException.badInput("two recordings are named " + name(folder)
                            + " and would overwrite each other's signals; replay them into two --output-dir");
                }
                folders.add(folder);
            }
        }
        return folders;
    }

    private static List<Path> find(Path path) {
        if (!Files.exists(path)) throw CommandException.badInput("there is no recording " + path);
        try {
            List<Path> found = RecordingReader.find(path);
            if (found.isEmpty()) {
                throw CommandException.badInput(
                        path + " is no recording and holds none: neither it nor a folder in it has a rollouts.jsonl");
            }
            return found;
        } catch (IOException e) {
            throw CommandException.badInput(path + " cannot be read: " + e, e);
        }
    }

    private Replayed replay(Path folder, Settings settings) {
        long start = System.nanoTime();
        StringWriter told = new StringWriter();
        Warnings warnings = new Warnings(new PrintWriter(told), MOST_WARNINGS);
        Recording recording = read(folder, warnings);
        Replayer replayer = throughKafka ? Replayer.THROUGH_KAFKA : Replayer.IN_PROCESS;
        Replayer.Result result = replayer.replay(recording, settings);
        warnings.close();
        write(recording.name(), result);
        Optional<Report> reported = report == null
                ? Optional.empty()
                : Optional.of(ReportFile.of(recording, settings, Labels.of(bad, folder)));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Replayed(told.toString(), ReplayTable.Row.of(recording, result, took), reported);
    }

    /** The settings with which a recording was made, where it tells. */
    private static Settings own(Path folder) {
        Path file = folder.resolve(RecordingReader.SETTINGS);
        return Files.exists(file) ? AndonConfig.load(file).detection() : Settings.DEFAULT;
    }

    private static Recording read(Path folder, Warnings warnings) {
        try {
            return new RecordingReader(warnings).read(folder);
        } catch (IOException e) {
            throw CommandException.badInput("the recording " + folder + " cannot be read to its end: " + e, e);
        }
    }

    private void write(String recording, Replayer.Result result) {
        Path file = outputDir.resolve(recording + ".signals.jsonl");
        try {
            Files.createDirectories(outputDir);
            Files.writeString(file, SignalLines.of(result.signals()));
        } catch (IOException e) {
            throw CommandException.failed("the signals cannot be written to " + file + ": " + e, e);
        }
    }

    private static String name(Path folder) {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
