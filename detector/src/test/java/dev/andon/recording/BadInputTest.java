package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Coverage;
import dev.andon.domain.Input;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import dev.andon.testing.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What docs/inputs.md promises of rollout events that are late, repeated, contradictory or stamped wrongly. */
class BadInputTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final String AGENT = "agent-7f3";
    private static final List<Input> INCIDENT = Incident.in("west", AGENT, START);

    @Test
    void takesOldNewsForNothing() {
        List<Input> inputs = new ArrayList<>();
        RolloutEvent first = null;
        for (Input input : INCIDENT) {
            inputs.add(input);
            if (!(input instanceof RolloutEvent event)) continue;
            if (first == null) first = event;
            // The first event once more after every other one, as a source that was restarted repeats it.
            if (!event.equals(first)) inputs.add(first);
        }
        assertThat(signals(inputs)).isEqualTo(signals(INCIDENT)).isNotEmpty();
    }

    @Test
    void takesARepeatedEventOnce() {
        List<Input> twice = new ArrayList<>();
        for (Input input : INCIDENT) {
            twice.add(input);
            if (input instanceof RolloutEvent) twice.add(input);
        }
        assertThat(signals(twice)).isEqualTo(signals(INCIDENT)).isNotEmpty();
    }

    @Test
    void knowsAClusterByItsFirstInput() {
        List<Input> unannounced =
                INCIDENT.stream().filter(BadInputTest::isNoClusterInfo).toList();
        assertThat(halted(unannounced)).containsExactly(AGENT);
    }

    @Test
    void remembersWhatACoverageThatGoesBackHadReached() {
        List<Input> inputs = changed(
                event -> event.coverage().orElseThrow().updated() == 75 ? with(event, new Coverage(10, 300)) : event);
        assertThat(halted(inputs)).containsExactly(AGENT);
    }

    @Test
    void takesATotalOfZeroForOneThatIsNotKnown() {
        List<Input> inputs = changed(
                event -> with(event, new Coverage(event.coverage().orElseThrow().updated(), 0)));
        assertThat(halts(inputs)).singleElement().satisfies(halt -> {
            assertThat(halt.rolloutId()).contains(AGENT);
            assertThat(halt.reason()).matches(".* reached \\d+ nodes");
            assertThat(halt.exposure().orElseThrow().total()).isZero();
        });
    }

    @Test
    void goesByTheNewestTotal() {
        List<Input> inputs = changed(event -> {
            long updated = event.coverage().orElseThrow().updated();
            return with(event, new Coverage(updated, updated < 50 ? 300 : 400));
        });
        assertThat(halts(inputs)).singleElement().satisfies(halt -> assertThat(
                        halt.exposure().orElseThrow().total())
                .isEqualTo(400));
    }

    @Test
    void takesTwoRolloutsWithOneIdForOne() {
        List<Input> inputs = new ArrayList<>(INCIDENT);
        INCIDENT.stream().filter(RolloutEvent.class::isInstance).forEach(input -> {
            RolloutEvent event = (RolloutEvent) input;
            inputs.add(new RolloutEvent(
                    event.time().plusMillis(1),
                    event.rolloutId(),
                    event.cluster(),
                    event.phase(),
                    new Workload("Deployment", "web", "shop"),
                    event.revision(),
                    event.coverage(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty()));
        });
        inputs.sort(Comparator.comparing(Input::time));
        assertThat(signals(inputs))
                .allMatch(signal -> signal.rolloutId().map(AGENT::equals).orElse(signal.action() == Action.ALARM));
    }

    @Test
    void doesNotBlameARolloutThatNeverEndsForWhatComesLongAfterItsLastStep() {
        List<Input> inputs = new ArrayList<>(INCIDENT);
        for (int minutes = 30; minutes > 0; minutes -= 5) {
            inputs.add(event("never-ending", START.minus(Duration.ofMinutes(minutes)), minutes == 30 ? 5 : 10));
        }
        inputs.add(event("never-ending", START.plusSeconds(150), 10));
        inputs.sort(Comparator.comparing(Input::time));
        assertThat(halts(inputs)).singleElement().satisfies(halt -> {
            assertThat(halt.rolloutId()).contains(AGENT);
            assertThat(halt.candidates())
                    .filteredOn(candidate -> candidate.rolloutId().equals("never-ending"))
                    .singleElement()
                    .satisfies(candidate ->
                            assertThat(candidate.why().orElseThrow()).startsWith("last widened"));
        });
    }

    @Test
    void haltsThoughTheClockOfTheRolloutsIsTwentySecondsBehind() {
        assertThat(halted(shifted(Duration.ofSeconds(-20)))).containsExactly(AGENT);
    }

    @Test
    void holdsAndAlarmsWhenTheClockOfTheRolloutsIsThirtySecondsBehind() {
        assertThat(signals(shifted(Duration.ofSeconds(-30))))
                .extracting(Signal::action)
                .containsExactly(Action.HOLD, Action.ALARM);
    }

    @Test
    void haltsNobodyButAlarmsWhenTheClockOfTheRolloutsIsThirtySecondsAhead() {
        List<Signal> signals = signals(shifted(Duration.ofSeconds(30)));
        assertThat(signals).noneMatch(signal -> signal.action() == Action.HALT);
        assertThat(signals).anyMatch(signal -> signal.action() == Action.ALARM);
    }

    private static RolloutEvent event(String id, Instant time, long updated) {
        return new RolloutEvent(
                time,
                id,
                "west",
                Phase.PROGRESSING,
                new Workload("Deployment", "web", id),
                Optional.empty(),
                Optional.of(new Coverage(updated, 300)),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static boolean isNoClusterInfo(Input input) {
        return !(input instanceof ClusterInfo);
    }

    private static List<Input> shifted(Duration by) {
        List<Input> inputs = changed(event -> new RolloutEvent(
                event.time().plus(by),
                event.rolloutId(),
                event.cluster(),
                event.phase(),
                event.workload(),
                event.revision(),
                event.coverage(),
                event.clusterNodes(),
                event.identity(),
                event.controller()));
        inputs.sort(Comparator.comparing(Input::time));
        return inputs;
    }

    private static RolloutEvent with(RolloutEvent event, Coverage coverage) {
        return new RolloutEvent(
                event.time(),
                event.rolloutId(),
                event.cluster(),
                event.phase(),
                event.workload(),
                event.revision(),
                Optional.of(coverage),
                event.clusterNodes(),
                event.identity(),
                event.controller());
    }

    private static List<Input> changed(UnaryOperator<RolloutEvent> change) {
        List<Input> inputs = new ArrayList<>();
        for (Input input : INCIDENT) inputs.add(input instanceof RolloutEvent event ? change.apply(event) : input);
        return inputs;
    }

    private static List<Signal> signals(List<Input> inputs) {
        return Replay.run(inputs, Settings.DEFAULT).signals();
    }

    private static List<Signal> halts(List<Input> inputs) {
        return signals(inputs).stream()
                .filter(signal -> signal.action() == Action.HALT)
                .toList();
    }

    private static List<String> halted(List<Input> inputs) {
        return halts(inputs).stream()
                .map(halt -> halt.rolloutId().orElseThrow())
                .distinct()
                .toList();
    }
}
