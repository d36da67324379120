package dev.andon.cli;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import dev.andon.recording.RecordingReader;
import dev.andon.recording.RecordingWriter;
import dev.andon.service.config.AndonConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code andon backtest}: what Andon would have done with the history that a Prometheus server keeps. */
@Command(
        name = "backtest",
        description = "Replays a Prometheus server's history: what would have been halted, and how often for nothing.",
        footer = {
            "Example:",
            "  andon backtest --prometheus https://prometheus.example.com --from 2026-01-01T00:00:00Z \\",
            "    --to 2026-02-01T00:00:00Z --rollouts rollouts.jsonl --bad telemetry-agent-7f3",
            "",
            "Reads apiserver_request_duration_seconds, apiserver_request_total and coredns_dns_responses_total. What was",
            "read is kept in --work-dir: a run that was interrupted goes on where it was, and another one asks for nothing",
            "twice. Each part there is a recording."
        })
final class BacktestCommand implements Callable<Integer> {
    private static final Duration PART = Duration.ofHours(6);
    private static final int MOST_WARNINGS = 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private @Nullable Andon andon;

    @Option(names = "--prometheus", required = true, paramLabel = "URL", description = "Address of the server.")
    private URI prometheus = URI.create("");

    @Option(names = "--from", required = true, paramLabel = "T", description = "Begin, e.g. 2026-01-01T00:00:00Z.")
    private Instant from = Instant.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "T", description = "End.")
    private Instant to = Instant.EPOCH;

    @Option(
            names = "--rollouts",
            required = true,
            paramLabel = "FILE",
            description = "What was rolled out when: rollouts.jsonl, as in a recording.")
    private Path rollouts = Path.of("");

    @Option(
            names = "--step",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Time between two samples, at least the scrape interval (default: ${DEFAULT-VALUE}).")
    private int stepSeconds;

    @Option(
            names = "--cluster-label",
            paramLabel = "LABEL",
            defaultValue = "cluster",
            description = "Label that names the cluster (default: ${DEFAULT-VALUE}).")
    private String clusterLabel = "cluster";

    @Option(names = "--cluster", paramLabel = "NAME", description = "Cluster of series without that label.")
    private @Nullable String cluster;

    @Option(names = "--bearer-token-file", paramLabel = "FILE", description = "File with a token for the server.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            defaultValue = "backtest",
            description = "Where what was read and what came of it is kept (default: ./${DEFAULT-VALUE}).")
    private Path workDir = Path.of("backtest");

    @Option(names = "--report", paramLabel = "FILE.html", description = "The page (default: DIR/report.html).")
    private @Nullable Path report;

    @Option(
            names = "--bad",
            split = ",",
            paramLabel = "ROLLOUT",
            description = "Rollouts known to be bad; all others count as fine. 'none' when none was.")
    private List<String> bad = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "Take the detection settings from this file.")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        if (andon != null) andon.logging().silent();
        check();
        Settings settings = Optional.ofNullable(config)
                .map(file -> AndonConfig.load(file).detection())
                .orElse(Settings.DEFAULT);
        Duration step = Duration.ofSeconds(stepSeconds);
        HistorySamples samples = new HistorySamples(
                new PrometheusHistory(prometheus, token(), step), clusterLabel, Optional.ofNullable(cluster), step);
        List<Input> events = events();
        try (History history = new History("backtest", settings, ReportFile.bin(Duration.between(from, to)));
                Progress progress = new Progress(spec.commandLine().getErr(), Duration.between(from, to));
                Abreast<List<Input>> parts = new Abreast<>(1)) {
            int next = 0;
            parts.submit(() -> part(samples, from));
            for (Instant begin = from; begin.isBefore(to); begin = begin.plus(PART)) {
                Instant end = end(begin);
                List<Input> part = new ArrayList<>(parts.next());
                // One part is read while the one before it is replayed; two are what memory has to hold.
                if (end.isBefore(to)) parts.submit(() -> part(samples, end));
                while (next < events.size() && !events.get(next).time().isAfter(end)) part.add(events.get(next++));
                part.sort(Comparator.comparing(Input::time).thenComparing(InputKind::of));
                part.forEach(history::accept);
                progress.at(Duration.between(from, end), end.toString());
            }
            return finish(history.finish(Labels.of(bad)));
        }
    }

    private Instant end(Instant begin) {
        return begin.plus(PART).isAfter(to) ? to : begin.plus(PART);
    }

    private int finish(History.Outcome outcome) throws IOException {
        Files.createDirectories(workDir);
        Files.writeString(workDir.resolve("signals.jsonl"), SignalLines.of(outcome.signals()));
        ReportFile.write(
                Optional.ofNullable(report).orElse(workDir.resolve("report.html")),
                "history of " + prometheus.getHost() + ", " + from + " to " + to,
                List.of(outcome.report()),
                spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        for (Action action : Action.values()) {
            long count = outcome.signals().stream()
                    .filter(signal -> signal.action() == action)
                    .count();
            out.printf("%-6s %d%n", action, count);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void check() {
        if (!from.isBefore(to)) throw CommandException.badInput("--from " + from + " is not before --to " + to);
        if (stepSeconds < 1 || stepSeconds > 300) {
            throw CommandException.badInput("--step must be between 1 and 300 seconds but was " + stepSeconds);
        }
        String scheme = String.valueOf(prometheus.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw CommandException.badInput(
                    "--prometheus must be an http:// or https:// address but was " + prometheus);
        }
    }

    private Optional<String> token() {
        if (tokenFile == null) return Optional.empty();
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw CommandException.badInput("the token file " + tokenFile + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Input> events() {
        JsonCodec codec = new JsonCodec(field -> {});
        List<Input> events = new ArrayList<>();
        int number = 0;
        try (Warnings warnings = new Warnings(spec.commandLine().getErr(), MOST_WARNINGS)) {
            for (String line : Files.readAllLines(rollouts)) {
                number++;
                if (line.isBlank()) continue;
                try {
                    Input event = codec.read(InputKind.ROLLOUTS, line);
                    if (event.time().isAfter(from) && !event.time().isAfter(to)) events.add(event);
                } catch (InvalidInput e) {
                    warnings.accept(rollouts + ":" + number + ": " + e.reason().label() + ": " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw CommandException.badInput("--rollouts " + rollouts + " cannot be read: " + e, e);
        }
        events.sort(Comparator.comparing(Input::time));
        return events;
    }

    /** What one part of the history holds: from the folder, where an earlier run has left it, or from the server. */
    private List<Input> part(HistorySamples samples, Instant begin) throws IOException {
        Instant end = end(begin);
        // Another server, label or step is another history.
        int source = Objects.hash(prometheus.toString(), clusterLabel, cluster, stepSeconds);
        Path folder = workDir.resolve("history-" + Integer.toHexString(source))
                .resolve((begin + "_" + end).replace(':', '-'));
        if (Files.isDirectory(folder)) {
            return new RecordingReader(warning -> {}).read(folder).inputs();
        }
        List<Input> read = samples.between(begin, end);
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        if (Files.exists(unfinished)) Folders.delete(unfinished);
        try (RecordingWriter writer = RecordingWriter.create(unfinished)) {
            for (Input input : read) writer.write(input);
        }
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        return read;
    }
}
