package dev.andon.decide;

import static dev.andon.decide.Reports.at;
import static dev.andon.decide.Reports.fine;
import static dev.andon.decide.Reports.hurt;
import static dev.andon.decide.Reports.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.Delivery;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What becomes of a signal after it was said. */
class LifecycleTest {
    private static final RolloutExposure AGENT = rollout("agent", 20.2, 20.2);

    private final List<Signal> signals = new ArrayList<>();
    private FleetStage fleet = stage(Settings.DEFAULT);

    @Test
    void saysAHaltAgainWhenTheRolloutGoesOnAfterItHadTimeToStop() {
        play(22, 24, AGENT);
        play(24, 25, widened(AGENT, 24.5, 110));
        assertThat(halts()).hasSize(1);
        play(26, 27, widened(AGENT, 25.5, 120));
        assertThat(halts()).hasSize(2);
        Signal again = halts().get(1);
        assertThat(again.signalId()).isNotEqualTo(halts().get(0).signalId());
        assertThat(again.evidence()).isEqualTo(halts().get(0).evidence());
        assertThat(again.exposure().orElseThrow().updated()).isEqualTo(120);
        assertThat(again.reason())
                .startsWith("the HALT does not take: agent still widens in prod 20 s after it was told to stop, by 20"
                        + " more places; stop it by hand. Halted because apiserver LIST mean latency rose");
    }

    @Test
    void waitsTwiceAsLongBeforeEveryFurtherRepetition() {
        for (int tick = 22; tick < 60; tick++) play(tick, tick + 1, widened(AGENT, tick - 0.5, 100 + tick));
        assertThat(halts())
                .extracting(halt -> Duration.between(at(22), halt.time()).toSeconds() / 5)
                .containsExactly(0L, 4L, 11L, 24L);
    }

    @Test
    void staysQuietWhenTheHaltHasTaken() {
        play(22, 24, AGENT);
        play(24, 40, widened(AGENT, 24.5, 110));
        assertThat(halts()).hasSize(1);
    }

    @Test
    void givesTheCdSystemTimeFromTheMomentAtWhichTheHaltWasVerified() {
        play(22, 25, AGENT);
        fleet.accept(verified(24.9));
        play(26, 28, widened(AGENT, 27.5, 120));
        assertThat(halts()).hasSize(1);
        play(28, 30, widened(AGENT, 28.5, 130));
        assertThat(halts()).hasSize(2);
        assertThat(halts().get(1).reason()).contains("although it was seen to stand still");
    }

    @Test
    void takesNoTimeFromTheRecordOfADelivery() {
        play(22, 23, AGENT);
        fleet.accept(verified(500));
        assertThat(fleet.time()).isEqualTo(at(22));
    }

    @Test
    void asksForARollbackOnceWhenStoppingWasNotEnough() {
        play(22, 60, AGENT);
        assertThat(halts()).hasSize(2);
        assertThat(halts().get(1).reason())
                .startsWith("halted but not recovered: prod is still hurt 2 min after the HALT (apiserver LIST")
                .endsWith(
                        "agent no longer widens and the cluster does not recover: stopping was not enough, roll it back");
    }

    @Test
    void saysThatTheClusterKeepsItselfHurtWhenTheRolloutWasRolledBack() {
        play(22, 24, AGENT);
        play(24, 60, in(Phase.ROLLED_BACK, AGENT));
        assertThat(halts().get(1).reason()).contains("was rolled back and the cluster keeps itself hurt");
    }

    @Test
    void saysThatACompletedRolloutCannotBeStopped() {
        play(22, 23, in(Phase.COMPLETED, AGENT));
        assertThat(halts()).singleElement().satisfies(halt -> assertThat(halt.reason())
                .endsWith("; it has completed already, so only a rollback helps"));
    }

    @Test
    void staysHaltedWhileAnotherClusterIsHurtByTheSame() {
        for (int tick = 22; tick < 40; tick++) {
            fleetAccept(tick < 24 ? hurt("prod", tick, AGENT) : fine("prod", tick, AGENT));
            fleetAccept(tick < 32 ? hurt("west", tick, AGENT) : fine("west", tick, AGENT));
        }
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT, Action.CLEAR);
        assertThat(signals.get(1).time()).isEqualTo(at(36));
    }

    @Test
    void needsLongerCalmEachTimeTheEffectComesBack() {
        for (int tick = 22; tick < 70; tick++) {
            boolean bad = tick < 24 || (tick >= 30 && tick < 32);
            fleetAccept(bad ? hurt("prod", tick, AGENT) : fine("prod", tick, AGENT));
        }
        assertThat(signals)
                .extracting(Signal::action)
                .containsExactly(Action.HALT, Action.CLEAR, Action.HALT, Action.CLEAR);
        assertThat(Duration.between(at(24), signals.get(1).time())).isEqualTo(Duration.ofSeconds(20));
        assertThat(Duration.between(at(32), signals.get(3).time())).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void saysAHaltAgainBeforeItRunsOut() {
        fleet = stage(with(new Lifecycle(Duration.ofSeconds(15), Duration.ofHours(5), Duration.ofMinutes(10), false)));
        play(22, 23, AGENT);
        play(23 + 12 * 46, 24 + 12 * 46, AGENT);
        assertThat(halts()).hasSize(2);
        Signal again = halts().get(1);
        assertThat(again.reason()).startsWith("still stands, 45 min after it was said first: apiserver LIST");
        assertThat(again.time()).isBefore(halts().get(0).expires().orElseThrow());
        assertThat(again.expires().orElseThrow()).isAfter(at(23 + 12 * 60));
    }

    @Test
    void endsAnAlarmWithoutAWordUnlessThatIsWanted() {
        RolloutExposure web = rollout("web", 6, 30);
        for (boolean wanted : new boolean[] {false, true}) {
            signals.clear();
            fleet = stage(
                    with(new Lifecycle(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofMinutes(10), wanted)));
            for (int tick = 22; tick < 40; tick++) {
                fleetAccept(tick < 30 ? hurt("prod", tick, web) : fine("prod", tick, web));
            }
            assertThat(signals)
                    .filteredOn(signal -> signal.action() == Action.CLEAR
                            && signal.rolloutId().isEmpty())
                    .hasSize(wanted ? 1 : 0)
                    .allSatisfy(clear -> {
                        assertThat(clear.cluster()).contains("prod");
                        assertThat(clear.reason()).endsWith("after the ALARM");
                    });
        }
    }

    @Test
    void letsAnOrderGivenByHandEndWhenItRunsOutAndNotBefore() {
        RolloutExposure early = rollout("agent", 5, 5);
        fleet.accept(byHand(10, 40));
        for (int tick = 11; tick < 40; tick++) fleetAccept(fine("prod", tick, early));
        assertThat(signals).isEmpty();
        for (int tick = 40; tick < 43; tick++) fleetAccept(fine("prod", tick, early));
        assertThat(signals).singleElement().satisfies(clear -> {
            assertThat(clear.action()).isEqualTo(Action.CLEAR);
            assertThat(clear.time()).isEqualTo(at(40));
            assertThat(clear.reason()).contains("the order given by hand has run out");
        });
    }

    @Test
    void keepsAHaltThatAnOperatorConfirmsThoughTheClusterRecovers() {
        play(22, 24, AGENT);
        assertThat(fleet.accept(byHand(24, 200))).isEmpty();
        for (int tick = 25; tick < 60; tick++) fleetAccept(fine("prod", tick, AGENT));
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT);
    }

    private void play(int fromTick, int toTick, RolloutExposure exposure) {
        for (int tick = fromTick; tick < toTick; tick++) fleetAccept(hurt("prod", tick, exposure));
        signals.addAll(fleet.flushIdle());
    }

    private void fleetAccept(FleetInput input) {
        signals.addAll(fleet.accept(input));
    }

    private List<Signal> halts() {
        return signals.stream().filter(signal -> signal.action() == Action.HALT).toList();
    }

    private static RolloutExposure widened(RolloutExposure exposure, double tick, long updated) {
        List<RolloutExposure.Step> steps = new ArrayList<>(exposure.steps());
        steps.add(new RolloutExposure.Step(at(tick), updated, 1_000));
        return new RolloutExposure(
                exposure.rolloutId(),
                exposure.workload(),
                exposure.phase(),
                new Coverage(updated, 1_000),
                at(tick),
                steps,
                exposure.identity(),
                exposure.endedAt());
    }

    private static RolloutExposure in(Phase phase, RolloutExposure exposure) {
        return new RolloutExposure(
                exposure.rolloutId(),
                exposure.workload(),
                phase,
                exposure.coverage(),
                exposure.updatedAt(),
                exposure.steps(),
                exposure.identity(),
                Optional.of(exposure.updatedAt()));
    }

    private static DeliveryInput verified(double tick) {
        return new DeliveryInput(new Delivery(
                at(tick),
                "any",
                Optional.of("agent"),
                "kubernetes",
                "https://10.0.0.4:6443",
                Delivery.Status.VERIFIED,
                1,
                OptionalInt.of(200),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static OverrideInput byHand(int tick, int expires) {
        return new OverrideInput(new OperatorOverride(
                at(tick), "agent", Optional.of("prod"), OperatorOverride.Decision.HALT, "jo", "seen it", at(expires)));
    }

    private static Settings with(Lifecycle lifecycle) {
        return Settings.DEFAULT.with(lifecycle);
    }

    private static FleetStage stage(Settings settings) {
        return new FleetStage(settings, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
    }
}
