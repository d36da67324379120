package dev.andon.decide;

import static dev.andon.decide.Reports.at;
import static dev.andon.decide.Reports.fine;
import static dev.andon.decide.Reports.hurt;
import static dev.andon.decide.Reports.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetStageTest {
    private static final RolloutExposure AGENT = rollout("agent", 20.2, 20.2);
    private static final RolloutExposure WEB = rollout("web", 6, 30);
    /** It may have done it, and nothing that follows settles it. */
    private static final RolloutExposure SUSPECT = rollout("web", 14, 24);

    private final MemoryTable<ClusterReport> reports = new MemoryTable<>();
    private final MemoryTable<Standing> standings = new MemoryTable<>();
    private final MemoryTable<OperatorOverride> overrides = new MemoryTable<>();
    private final FleetStage fleet = newStage();

    @Test
    void haltsOnceAndClearsWhenTheClusterHasRecovered() {
        List<Signal> signals = new ArrayList<>();
        for (int tick = 22; tick < 30; tick++) signals.addAll(fleet.accept(hurt("prod", tick, AGENT)));
        for (int tick = 30; tick < 40; tick++) signals.addAll(fleet.accept(fine("prod", tick, AGENT)));
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT, Action.CLEAR);
        assertThat(signals).extracting(Signal::rolloutId).containsOnly(Optional.of("agent"));
        assertThat(signals.get(0).time()).isEqualTo(at(22));
        assertThat(signals.get(0).reason())
                .isEqualTo("apiserver LIST mean latency rose from 20 ms to 2.0 s (x100) 4 s after agent reached"
                        + " 100 of 100 nodes");
        assertThat(signals.get(1).time()).isEqualTo(at(34));
    }

    @Test
    void alarmsWhenAClusterStaysHurtAndNoRolloutIsToBlame() {
        List<Signal> signals = new ArrayList<>();
        for (int tick = 22; tick < 30; tick++) signals.addAll(fleet.accept(hurt("prod", tick, WEB)));
        assertThat(signals).noneMatch(signal -> signal.action() == Action.HALT);
        assertThat(signals)
                .filteredOn(signal -> signal.action() == Action.ALARM)
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm.rolloutId()).isEmpty();
                    assertThat(alarm.cluster()).contains("prod");
                    assertThat(alarm.evidence()).isNotEmpty();
                });
    }

    @Test
    void letsASuspectWidenStepByStepWhileItIsNotSettled() {
        List<Signal> signals = new ArrayList<>();
        ClusterReport unsettled = hurt("prod", 26, SUSPECT);
        for (int tick = 26; tick < 90; tick++) signals.addAll(fleet.accept(Reports.again(unsettled, tick)));
        List<Signal> holds = signals.stream()
                .filter(signal -> signal.action() == Action.HOLD)
                .toList();
        assertThat(holds).hasSize(5);
        for (int i = 1; i < holds.size(); i++) {
            assertThat(holds.get(i).time())
                    .isEqualTo(holds.get(i - 1).until().orElseThrow().plusSeconds(10));
        }
        assertThat(signals).noneMatch(signal -> signal.action() == Action.HALT);
        assertThat(standings.get("r/web").orElseThrow().signal()).isEqualTo(holds.get(4));
    }

    @Test
    void doesNotHaltForAnEffectThatIsOver() {
        ClusterReport report = hurt("prod", 22, AGENT);
        var course = new ArrayList<>(report.trajectory());
        course.add(new dev.andon.detect.EffectPoint(at(23), 0.2));
        ClusterReport over = new ClusterReport(
                at(23),
                "prod",
                "default",
                report.health(),
                report.evidenceNats(),
                report.onset(),
                report.interval(),
                report.evidence(),
                course,
                List.of(),
                report.exposures(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                report.elevated(),
                report.environment(),
                report.newestSample(),
                report.probeCleanSince());
        fleet.accept(over);
        assertThat(fleet.flushIdle()).noneMatch(signal -> signal.action() == Action.HALT);
    }

    @Test
    void doesNotDependOnTheOrderOfReportsOfOneTime() {
        List<ClusterReport> all =
                List.of(hurt("a", 22, AGENT), hurt("b", 22, rollout("agent", 20.4, 20.4)), fine("c", 22, WEB));
        assertThat(signalsOf(List.of(all.get(2), all.get(1), all.get(0))))
                .isEqualTo(signalsOf(all))
                .isNotEmpty();
    }

    @Test
    void goesOnFromItsTablesAfterARestart() {
        fleet.accept(hurt("prod", 22, AGENT));
        assertThat(fleet.flushIdle()).extracting(Signal::action).containsExactly(Action.HALT);
        FleetStage restarted = newStage();
        assertThat(restarted.accept(hurt("prod", 23, AGENT))).isEmpty();
        assertThat(restarted.flushIdle()).isEmpty();
    }

    @Test
    void obeysTheOperatorUntilTheOverrideExpires() {
        fleet.accept(override(OperatorOverride.Decision.ALLOW, 10, 25));
        List<Signal> signals = new ArrayList<>();
        for (int tick = 22; tick < 25; tick++) signals.addAll(fleet.accept(hurt("prod", tick, AGENT)));
        assertThat(signals).isEmpty();
        for (int tick = 25; tick < 28; tick++) signals.addAll(fleet.accept(hurt("prod", tick, AGENT)));
        assertThat(signals).extracting(Signal::action).contains(Action.HALT);
    }

    @Test
    void clearsAHaltThatTheOperatorAllows() {
        fleet.accept(hurt("prod", 22, AGENT));
        fleet.flushIdle();
        assertThat(fleet.accept(override(OperatorOverride.Decision.ALLOW, 23, 99)))
                .singleElement()
                .satisfies(clear -> {
                    assertThat(clear.action()).isEqualTo(Action.CLEAR);
                    assertThat(clear.reason()).contains("allowed by jo: known and harmless");
                });
    }

    private static OverrideInput override(OperatorOverride.Decision decision, int tick, int expires) {
        return new OverrideInput(new OperatorOverride(
                at(tick), "agent", Optional.empty(), decision, "jo", "known and harmless", at(expires)));
    }

    private static List<Signal> signalsOf(List<ClusterReport> all) {
        FleetStage stage =
                new FleetStage(Settings.DEFAULT, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
        all.forEach(stage::accept);
        return stage.flushIdle();
    }

    private FleetStage newStage() {
        return new FleetStage(Settings.DEFAULT, reports, standings, overrides);
    }
}
