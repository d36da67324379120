package dev.andon.cli;

import dev.andon.decide.Settings;
import dev.andon.recording.Recording;
import dev.andon.report.HtmlReport;
import dev.andon.report.Known;
import dev.andon.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes reports of histories and writes them as one page. */
final class ReportFile {
    private static final int MOST_BINS = 50_000;
    private static final Duration LEAST_BIN = Duration.ofSeconds(1);

    private ReportFile() {}

    static Report of(Recording recording, Settings settings, Known known) {
        Duration span = recording.inputs().isEmpty()
                ? Duration.ZERO
                : Duration.between(
                        recording.inputs().get(0).time(),
                        recording.inputs().get(recording.inputs().size() - 1).time());
        try (History history = new History(recording.name(), settings, bin(span))) {
            recording.inputs().forEach(history::accept);
            return history.finish(known).report();
        }
    }

    /** @return how finely a history of this length is shown */
    static Duration bin(Duration span) {
        for (long seconds : new long[] {1, 5, 15, 30, 60, 300}) {
            Duration bin = Duration.ofSeconds(seconds);
            if (span.dividedBy(bin) <= (seconds == 1 ? 3_600 : MOST_BINS * 2L)) return bin;
        }
        return LEAST_BIN.multipliedBy(Math.max(300, span.toSeconds() / MOST_BINS));
    }

    static void write(Path file, String title, List<Report> reports, PrintWriter err) {
        Instant now = Clock.systemUTC().instant();
        String page = HtmlReport.page(title, HtmlReport.madeAt("andon " + Version.text(), now), reports);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) Files.createDirectories(folder);
            Files.writeString(file, page);
        } catch (IOException e) {
            throw CommandException.failed("the report cannot be written to " + file + ": " + e, e);
        }
        err.println("andon: report written to " + file);
        err.flush();
    }
}
