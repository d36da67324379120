package dev.andon.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.andon.domain.Input;
import dev.andon.domain.RolloutEvent;
import dev.andon.recording.MadeUpClusters;
import dev.andon.recording.RecordingWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How long {@code andon backtest} takes for a month of 20 clusters with samples every 30 s: some days of it are made up and
 * kept where the command keeps what it has read, and the command itself is run over them, with its four budgets, the usual
 * rules and the report. What the time of those days comes to for a month is told, and the processor time that it took: where
 * other programs use the machine too, half of that is what two idle processors need.
 *
 * <p>Arguments: days (default 3; each takes 600 MB) and the folder to write to, which must not exist.
 */
public final class BacktestMonth {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PART = Duration.ofHours(6);
    private static final String SERVER = "http://127.0.0.1:9";

    private BacktestMonth() {}

    public static void main(String[] arguments) throws IOException {
        int days = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Path folder = Files.createDirectory(Path.of(arguments.length > 1 ? arguments[1] : "target/backtest-month"));
        int parts = days * 4;
        for (int i = 0; i < parts; i++) write(folder, START.plus(PART.multipliedBy(i)));
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) Objects.requireNonNull(ManagementFactory.getOperatingSystemMXBean());
        long processor = system.getProcessCpuTime();
        long began = System.nanoTime();
        int code = Andon.commandLine(new Logging())
                .execute(
                        "backtest",
                        "--prometheus",
                        SERVER,
                        "--from",
                        START.toString(),
                        "--to",
                        START.plus(PART.multipliedBy(parts)).toString(),
                        "--rollouts",
                        folder.resolve("events").resolve("rollouts.jsonl").toString(),
                        "--work-dir",
                        folder.toString());
        double months = (double) MadeUpClusters.PARTS_OF_A_MONTH / parts;
        System.out.printf(
                "exit code %d; a month: %.0f s, and %.0f s of processor time%n",
                code,
                (System.nanoTime() - began) / 1e9 * months,
                (system.getProcessCpuTime() - processor) / 1e9 * months);
        Folders.delete(folder);
    }

    private static void write(Path folder, Instant begin) throws IOException {
        List<Input> inputs = MadeUpClusters.sixHoursFrom(begin);
        String source = Integer.toHexString(Objects.hash(SERVER, "cluster", null, 30));
        Path part =
                folder.resolve("history-" + source).resolve((begin + "_" + begin.plus(PART)).replace(':', '-'));
        // The first of them tells of a rollout; that is what the command is given as a list.
        boolean first = begin.equals(START);
        try (RecordingWriter writer = RecordingWriter.create(part);
                RecordingWriter events = RecordingWriter.create(folder.resolve(first ? "events" : "no-events-" + begin.getEpochSecond()))) {
            for (Input input : inputs) {
                if (!(input instanceof RolloutEvent)) writer.write(input);
                else if (first) events.write(input);
            }
        }
    }
}
