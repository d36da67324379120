package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CdSystemTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final ClusterSpec CLUSTER = ClusterSpec.ofSize("prod", "production", 100, Duration.ofMinutes(5));
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<RolloutEvent> events = new ArrayList<>();
    private CdSystem cd = system(CdSystem.Conduct.STOP_ONLY);
    private CdSystem.State state = CdSystem.State.EMPTY;
    private int now;

    /** Rollouts "a-1" and "b-1", each from second 10 to second 20 over 100 nodes. */
    private static CdSystem system(CdSystem.Conduct conduct) {
        var waves = List.of(new RolloutPlan.Wave("prod", 100, Duration.ofSeconds(10), Duration.ofSeconds(10)));
        return new CdSystem(
                List.of(
                        RolloutPlan.of("DaemonSet", "ns", "a", "1", new Agent.Benign(0), waves),
                        RolloutPlan.of("DaemonSet", "ns", "b", "1", new Agent.Benign(0), waves)),
                List.of(CLUSTER),
                conduct);
    }

    private void runTo(int second) {
        while (now < second) {
            now++;
            CdSystem.Step step = cd.step(state, Duration.ofSeconds(now), SECOND, T0.plusSeconds(now));
            state = step.next();
            events.addAll(step.events());
        }
    }

    private Coverage coverage(String rolloutId) {
        return state.coverage("prod").getOrDefault(rolloutId, Coverage.NONE);
    }

    private List<Phase> phases(String rolloutId) {
        return events.stream()
                .filter(event -> event.rolloutId().equals(rolloutId))
                .map(RolloutEvent::phase)
                .distinct()
                .toList();
    }

    @Test
    void widensByPlanAndTellsEveryStep() {
        runTo(9);
        assertThat(events).isEmpty();
        runTo(15);
        assertThat(coverage("a-1")).isEqualTo(new Coverage(60, 100));
        runTo(40);
        assertThat(coverage("a-1")).isEqualTo(new Coverage(100, 100));
        assertThat(phases("a-1")).containsExactly(Phase.STARTED, Phase.PROGRESSING, Phase.COMPLETED);
        assertThat(events)
                .extracting(event -> event.coverage().orElseThrow().updated())
                .contains(0L, 10L, 90L, 100L);
        assertThat(events.get(0).clusterNodes()).hasValue(100);
    }

    @Test
    void stopsTheHaltedRolloutAndNoOther() {
        runTo(14);
        state = cd.obey(state, CdOrder.halt("a-1"));
        runTo(40);

        assertThat(coverage("a-1")).isEqualTo(new Coverage(50, 100));
        assertThat(phases("a-1")).containsExactly(Phase.STARTED, Phase.PROGRESSING, Phase.ABORTED);
        assertThat(coverage("b-1")).isEqualTo(new Coverage(100, 100));
    }

    @Test
    void doesNotBeginAWaveOfAHaltedRollout() {
        state = cd.obey(state, CdOrder.halt("a-1"));
        runTo(40);

        assertThat(phases("a-1")).isEmpty();
        assertThat(phases("b-1")).contains(Phase.COMPLETED);
    }

    @Test
    void rollsAHaltedRolloutBackWhereItDoesThat() {
        cd = system(new CdSystem.Conduct(Optional.of(Duration.ofSeconds(5)), false));
        runTo(16);
        state = cd.obey(state, CdOrder.halt("a-1"));
        runTo(17);
        assertThat(coverage("a-1")).isEqualTo(new Coverage(70, 100));
        runTo(40);

        assertThat(coverage("a-1")).isEqualTo(new Coverage(0, 100));
        assertThat(phases("a-1")).endsWith(Phase.ABORTED, Phase.ROLLED_BACK);
    }

    @Test
    void holdsUntilTheGivenTimeAndThenGoesOn() {
        runTo(14);
        state = cd.obey(state, CdOrder.hold("a-1", Duration.ofSeconds(30)));
        runTo(29);
        assertThat(coverage("a-1")).isEqualTo(new Coverage(50, 100));
        assertThat(phases("a-1")).endsWith(Phase.PAUSED);
        runTo(50);

        assertThat(coverage("a-1")).isEqualTo(new Coverage(100, 100));
    }

    @Test
    void goesOnWhenAHoldIsCleared() {
        runTo(14);
        state = cd.obey(state, CdOrder.hold("a-1", Duration.ofHours(1)));
        runTo(20);
        state = cd.obey(state, CdOrder.clear("a-1"));
        runTo(30);

        assertThat(coverage("a-1")).isEqualTo(new Coverage(100, 100));
    }

    @Test
    void resumesAHaltedRolloutOnClearOnlyWhereConfigured() {
        runTo(14);
        state = cd.obey(cd.obey(state, CdOrder.halt("a-1")), CdOrder.clear("a-1"));
        runTo(30);
        assertThat(coverage("a-1")).isEqualTo(new Coverage(100, 100));

        cd = system(CdSystem.Conduct.STOP_AND_ROLL_BACK);
        state = cd.obey(CdSystem.State.EMPTY, CdOrder.halt("b-1"));
        state = cd.obey(state, CdOrder.clear("b-1"));
        assertThat(state.halted()).containsExactly("b-1");
    }

    @Test
    void ignoresOrdersAboutRolloutsItDoesNotKnow() {
        assertThat(cd.obey(state, CdOrder.halt("nosuch"))).isEqualTo(state);
    }
}
