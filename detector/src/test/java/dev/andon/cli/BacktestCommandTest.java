package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ONSET = Instant.parse("2026-01-01T07:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private FakePrometheus prometheus;

    @BeforeEach
    void start() throws IOException {
        prometheus = new FakePrometheus(2, ONSET);
        List<String> events = new ArrayList<>();
        for (int i = 0; i <= 20; i++) {
            events.add(event("agent-7", "c0", ONSET.minusSeconds(60).plusSeconds(30L * i), 5 * i));
            events.add(event("web-1", "c1", ONSET.minus(Duration.ofHours(4)).plusSeconds(30L * i), 5 * i));
        }
        Files.write(folder.resolve("rollouts.jsonl"), events);
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void findsInHistoryWhatHurtAndSaysWhatTheUsualRulesWouldHaveDone() throws IOException {
        Terminal terminal = new Terminal();
        assertThat(backtest(terminal, "--bad", "agent-7")).as(terminal.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(folder.resolve("work/signals.jsonl")))
                .contains("\"rolloutId\":\"agent-7\",\"cluster\":\"c0\"")
                .doesNotContain("\"rolloutId\":\"web-1\",\"cluster\"");
        assertThat(terminal.err()).contains("100.0 %").contains("report written to");
        assertThat(Files.readString(folder.resolve("work/report.html")))
                .contains("bad rollouts halted", "KubeAPIErrorBudgetBurn", "0.00001", "agent-7")
                .doesNotContain("<script");
    }

    @Test
    void goesOnWhereItWasInterruptedAndAsksForNothingTwice() {
        prometheus.answersOnly(4);
        Terminal interrupted = new Terminal();
        assertThat(backtest(interrupted)).isEqualTo(ExitCode.FAILED);
        assertThat(interrupted.err()).contains("answered 503 (overloaded); ask for less: a larger --step");
        prometheus.answersOnly(Integer.MAX_VALUE / 2);
        int before = prometheus.asked();
        Terminal resumed = new Terminal();
        assertThat(backtest(resumed)).as(resumed.err()).isEqualTo(ExitCode.DONE);
        // Two parts of four questions each; the first part was there.
        assertThat(prometheus.asked() - before).isEqualTo(4);
        Terminal again = new Terminal();
        assertThat(backtest(again)).isEqualTo(ExitCode.DONE);
        assertThat(prometheus.asked() - before).isEqualTo(4);
        assertThat(again.out()).isEqualTo(resumed.out()).contains("HALT", "HOLD");
    }

    @Test
    void refusesASpanThatEndsBeforeItBegins() {
        Terminal terminal = new Terminal();
        int code = terminal.run(
                "backtest",
                "--prometheus",
                prometheus.url(),
                "--from",
                "2026-01-02T00:00:00Z",
                "--to",
                "2026-01-01T00:00:00Z",
                "--rollouts",
                folder.resolve("rollouts.jsonl").toString());
        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("--from 2026-01-02T00:00:00Z is not before --to 2026-01-01T00:00:00Z");
    }

    private int backtest(Terminal terminal, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "backtest",
                "--prometheus",
                prometheus.url(),
                "--from",
                FROM.toString(),
                "--to",
                FROM.plus(Duration.ofHours(8)).toString(),
                "--rollouts",
                folder.resolve("rollouts.jsonl").toString(),
                "--step",
                "60",
                "--work-dir",
                folder.resolve("work").toString()));
        args.addAll(List.of(more));
        return terminal.run(args.toArray(String[]::new));
    }

    private static String event(String rollout, String cluster, Instant time, int updated) {
        return "{\"time\":\"" + time + "\",\"rolloutId\":\"" + rollout + "\",\"cluster\":\"" + cluster
                + "\",\"phase\":\"" + (updated == 100 ? "COMPLETED" : "PROGRESSING")
                + "\",\"workload\":{\"kind\":\"DaemonSet\",\"namespace\":\"n\",\"name\":\"" + rollout
                + "\"},\"updated\":" + updated + ",\"total\":100}";
    }
}
