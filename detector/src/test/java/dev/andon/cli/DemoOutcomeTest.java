package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.http.view.FleetView;
import dev.andon.simulate.FleetStatus;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Scenarios;
import dev.andon.simulate.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoOutcomeTest {
    private static final Instant ONSET = DemoFrames.at(41);

    @Test
    void countsAsDoneWhenTheGuiltyOneWasHaltedAndTheOthersCompleted() {
        DemoOutcome outcome =
                outcome(DemoFrames.halted(), true, Optional.of(ONSET), rollout("web-42", false, 48, 48, false));
        assertThat(outcome.failure()).isEmpty();
        assertThat(DemoSummary.json(outcome))
                .isEqualTo("{\"scenario\":\"dns-masked-control-plane\",\"seed\":42,\"guilty\":\"telemetry-agent-7f3\","
                        + "\"onset\":\"2026-01-14T22:30:41Z\",\"halt\":\"2026-01-14T22:30:43Z\","
                        + "\"exposureAtHalt\":{\"updated\":310,\"total\":3660},"
                        + "\"halted\":[\"telemetry-agent-7f3\"],\"completed\":[\"web-42\"]}");
    }

    @Test
    void tellsPeopleWhatHappened() {
        FleetView view = DemoFrames.halted();
        view.accept(DemoFrames.signal(Action.CLEAR, DemoFrames.at(75)));
        DemoOutcome outcome = outcome(view, true, Optional.of(ONSET), rollout("web-42", false, 48, 48, false));
        assertThat(DemoSummary.lines(outcome, DemoFrames.BEGIN))
                .containsExactly(
                        "  guilty       telemetry-agent-7f3",
                        "  onset        00:41",
                        "  halt         00:43, 2.0 s after the onset",
                        "  exposure     310 of 3660 nodes (8.5 %)",
                        "  because      apiserver LIST (cluster) mean latency rose from 75 ms to 2.9 s",
                        "               (x38) 2 s after telemetry-agent-7f3 reached 310 of 3000 nodes",
                        "  recovered    01:15",
                        "  innocents    web-42 completed");
    }

    @Test
    void failsWhenTheGuiltyOneWentOn() {
        DemoOutcome outcome = outcome(DemoFrames.view(), false, Optional.of(ONSET));
        assertThat(outcome.failure()).contains("telemetry-agent-7f3 was not halted");
        assertThat(DemoSummary.json(outcome)).contains("\"halt\":null,\"exposureAtHalt\":null,\"halted\":[]");
    }

    @Test
    void failsWhenAnInnocentWasHaltedOrDidNotComplete() {
        DemoOutcome outcome = outcome(
                DemoFrames.halted(),
                true,
                Optional.of(ONSET),
                rollout("web-42", false, 10, 48, true),
                rollout("storage-csi-1c9", false, 10, 48, false));
        assertThat(outcome.failure())
                .contains("web-42 was halted although it did no harm; storage-csi-1c9 did not complete");
    }

    @Test
    void blamesNobodyWhenNobodyWasHurt() {
        DemoOutcome outcome =
                outcome(DemoFrames.view(), false, Optional.empty(), rollout("web-42", false, 48, 48, false));
        assertThat(outcome.guilty()).isEmpty();
        assertThat(DemoSummary.lines(outcome, DemoFrames.BEGIN).get(0))
                .contains("nobody: no rollout of this scenario does harm");
    }

    @Test
    void expectsNothingWhenAndonIsSwitchedOff() {
        DemoOutcome outcome = DemoOutcome.of(
                "dns-masked-control-plane",
                42,
                false,
                status(rollout(DemoFrames.GUILTY, true, 3_660, 3_660, false)),
                truth(Optional.of(ONSET)),
                DemoFrames.view().now());
        assertThat(outcome.failure()).isEmpty();
        assertThat(DemoSummary.lines(outcome, DemoFrames.BEGIN))
                .contains(
                        "  halt         never: Andon was switched off", "  reached      3660 of 3660 nodes (100.0 %)");
    }

    private static DemoOutcome outcome(
            FleetView view, boolean halted, Optional<Instant> onset, FleetStatus.RolloutStatus... innocents) {
        FleetStatus.RolloutStatus[] all = new FleetStatus.RolloutStatus[innocents.length + 1];
        all[0] = rollout(DemoFrames.GUILTY, true, 370, 3_660, halted);
        System.arraycopy(innocents, 0, all, 1, innocents.length);
        return DemoOutcome.of("dns-masked-control-plane", 42, true, status(all), truth(onset), view.now());
    }

    private static FleetStatus status(FleetStatus.RolloutStatus... rollouts) {
        FleetStatus any = DemoFrames.status(false);
        return new FleetStatus(any.elapsed(), any.length(), any.clusters(), List.of(rollouts));
    }

    private static FleetStatus.RolloutStatus rollout(
            String id, boolean guilty, long updated, long total, boolean halted) {
        return new FleetStatus.RolloutStatus(
                id, guilty, new Coverage(updated, total), Map.of("prod-3000", Phase.PROGRESSING), halted);
    }

    private static Truth truth(Optional<Instant> onset) {
        return new Truth(
                Scenarios.CLEAN.create(Scenarios.Options.of(1, Pace.DEMO)),
                onset.map(time -> DemoFrames.GUILTY),
                onset,
                onset,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
