package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.http.view.FleetView;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
    private final DemoScreen screen = new DemoScreen(Paint.PLAIN);

    @Test
    void showsClustersRolloutsAndWhatWasSaid() {
        assertThat(String.join("\n", screen.lines(DemoFrames.frame(DemoFrames.halted(), true))))
                .isEqualTo("""
                        andon demo: dns-masked-control-plane, seed 42                      00:47 / 01:25
                        console http://127.0.0.1:8080   kafka 127.0.0.1:40123

                        CLUSTER            NODES    REQ/S       MEAN        P99  DNS ERRORS
                        staging-60            60      120     2.0 ms     4.0 ms           -  fine
                        prod-3000           3000     4.1k      1.5 s      2.9 s       1.2 %  HURT

                        ROLLOUT                                                NODES
                        telemetry-agent-7f3    ███░░░░░░░░░░░░░░░░░░░░░     370/3060  HALTED
                        web-42                 ████████████████████████        48/48  completed
                        storage-csi-1c9        ░░░░░░░░░░░░░░░░░░░░░░░░       0/3060  waiting

                        00:41  prod-3000: apiserver LIST (cluster) mean latency rose from 75 ms to 2.9 s
                               (x39) and 1 more series changed
                        00:43  HALT telemetry-agent-7f3: apiserver LIST (cluster) mean latency rose from
                               75 ms to 2.9 s (x38) 2 s after telemetry-agent-7f3 reached 310 of 3000
                               nodes""");
    }

    @Test
    void fitsIntoEightyColumns() {
        for (boolean halted : new boolean[] {true, false}) {
            DemoFrame frame = DemoFrames.frame(halted ? DemoFrames.halted() : DemoFrames.view(), halted);
            assertThat(screen.lines(frame)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            assertThat(DemoScreen.brief(frame))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        }
    }

    /** A frame that is higher than the terminal scrolls, and is then drawn below what is left of the last one. */
    @Test
    void fitsIntoTwentyFourRowsHoweverMuchWasSaid() {
        FleetView view = DemoFrames.halted();
        for (int second = 0; second < 30; second++) {
            view.accept(DemoFrames.signal(Action.HALT, DemoFrames.at(44 + second)));
        }
        List<String> lines = screen.lines(DemoFrames.frame(view, true));
        assertThat(lines).hasSize(23);
        assertThat(lines.get(22)).endsWith("nodes");
    }

    @Test
    void saysThatAClusterSendsNoData() {
        List<String> lines = screen.lines(DemoFrames.frame(new FleetView(), false));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("staging-60").endsWith("no data"));
        assertThat(lines).contains("nothing has changed so far");
    }

    @Test
    void saysTheStateInAFewLinesWhereItCannotRedraw() {
        assertThat(DemoScreen.brief(DemoFrames.frame(DemoFrames.halted(), true)))
                .containsExactly(
                        "00:47  prod-3000 p99 2.9 s, dns 1.2 %; staging-60 p99 4.0 ms, dns -;",
                        "       telemetry-agent-7f3 HALTED at 12.1 %; web-42 100.0 %;", "       storage-csi-1c9 0.0 %");
    }

    @Test
    void coloursOnlyOnATerminal() {
        DemoFrame frame = DemoFrames.frame(DemoFrames.halted(), true);
        assertThat(String.join("", screen.lines(frame))).doesNotContain("\u001b");
        assertThat(String.join("", new DemoScreen(Paint.ANSI).lines(frame))).contains("\u001b[31;1m");
    }

    @Test
    void breaksLinesBetweenWordsAndCutsWordsThatAreTooLong() {
        assertThat(Wrap.lines("one two three", 7)).containsExactly("one two", "three");
        assertThat(Wrap.lines("x".repeat(12), 5)).containsExactly("xxxxx", "xxxxx", "xx");
        assertThat(Wrap.lines("a " + "x".repeat(12), 5)).containsExactly("a", "xxxxx", "xxxxx", "xx");
    }
}
