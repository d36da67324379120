package dev.andon.decide;

import static dev.andon.decide.Reports.fine;
import static dev.andon.decide.Reports.rollout;
import static dev.andon.decide.Reports.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clusters that vanish after a rollout came: "early" has it from tick 20, "late" from tick 50 on. */
class BlackoutBlameTest {
    private static final RolloutExposure EARLY = rollout("agent", 20, 40);
    private static final RolloutExposure LATE = rollout("agent", 50, 70);

    private final FleetStage fleet =
            new FleetStage(Settings.DEFAULT, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
    private final List<Signal> signals = new ArrayList<>();

    @Test
    void haltsWhoSilencedOneClusterAfterTheOther() {
        judge(fine("other", 76), silent("early", 76, 23, EARLY), silent("late", 76, 54, LATE));
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT);
        Signal halt = signals.get(0);
        assertThat(halt.rolloutId()).contains("agent");
        assertThat(halt.cluster()).contains("early");
        assertThat(halt.probability().getAsDouble()).isBetween(0.8, 0.99);
        assertThat(halt.reason())
                .isEqualTo("all telemetry of early has been silent for 4 min, since 5 s after agent reached 10 of 100"
                        + " nodes; silent are 2 of 2 clusters that have it and 0 of 1 that do not");
    }

    @Test
    void saysSoOnce() {
        for (int tick = 76; tick < 80; tick++) {
            judge(fine("other", tick), silent("early", tick, 23, EARLY), silent("late", tick, 54, LATE));
        }
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT);
    }

    @Test
    void onlyHoldsForOneSilentCluster() {
        judge(fine("other", 76), fine("next", 76), silent("early", 76, 23, EARLY));
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HOLD);
    }

    @Test
    void onlyHoldsWhenClustersVanishAtOnce() {
        RolloutExposure everywhere = rollout("agent", 50, 50);
        judge(fine("other", 76), silent("a", 76, 53, everywhere), silent("b", 76, 53, everywhere));
        assertThat(signals).extracting(Signal::action).containsOnly(Action.HOLD);
    }

    @Test
    void onlyHoldsWhereAnotherRolloutCameWithIt() {
        judge(
                fine("other", 76),
                silent("early", 76, 23, EARLY, rollout("twin", 20, 40)),
                silent("late", 76, 54, LATE, rollout("twin", 50, 70)));
        assertThat(signals).extracting(Signal::action).containsOnly(Action.HOLD);
    }

    @Test
    void haltsNobodyWhenClustersWithoutTheRolloutVanishToo() {
        judge(
                fine("other", 76),
                silent("early", 76, 23, EARLY),
                silent("late", 76, 54, LATE),
                silent("without", 76, 40));
        assertThat(signals).extracting(Signal::action).doesNotContain(Action.HALT);
    }

    @Test
    void haltsNobodyWhenEveryClusterIsSilent() {
        judge(silent("early", 76, 23, EARLY), silent("late", 76, 54, LATE));
        assertThat(signals).isEmpty();
    }

    @Test
    void isClearedWhenTheLastClusterTalksAgain() {
        judge(fine("other", 76), silent("early", 76, 23, EARLY), silent("late", 76, 54, LATE));
        int tick = 77;
        for (; tick < 120; tick++) judge(fine("early", tick, EARLY), silent("late", tick, 54, LATE));
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT);
        for (; tick < 200; tick++) judge(fine("early", tick, EARLY), fine("late", tick, LATE));
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT, Action.CLEAR);
    }

    private void judge(ClusterReport... reports) {
        for (ClusterReport report : reports) signals.addAll(fleet.accept(report));
        signals.addAll(fleet.flushIdle());
    }
}
