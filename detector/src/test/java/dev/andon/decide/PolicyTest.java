package dev.andon.decide;

import static dev.andon.decide.Reports.at;
import static dev.andon.decide.Reports.fine;
import static dev.andon.decide.Reports.hurt;
import static dev.andon.decide.Reports.known;
import static dev.andon.decide.Reports.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.domain.Action;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What people lay down, and what it changes. The rollout of these tests is a DaemonSet in the namespace infra. */
class PolicyTest {
    private static final RolloutExposure AGENT = rollout("agent", 20.2, 20.2);
    private static final Policy.Rule NOTHING = new Policy.Rule(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());

    @Test
    void obeysTheFirstRuleThatAppliesAndSaysSomething() {
        Policy policy = of(
                rule("production", "web", "Deployment", Mode.OBSERVE),
                NOTHING,
                rule("staging", "infra", "DaemonSet", Mode.OBSERVE),
                rule("staging", "infra", "DaemonSet", Mode.ENFORCE));
        assertThat(policy.mode(Optional.of("staging"), AGENT.workload())).isEqualTo(Mode.OBSERVE);
        assertThat(policy.mode(Optional.of("production"), AGENT.workload())).isEqualTo(Mode.ENFORCE);
        assertThat(policy.mode(Optional.empty(), AGENT.workload())).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void marksWhatIsSaidWhereItOnlyObserves() {
        List<Signal> signals = play(of(environment("staging", Mode.OBSERVE)), "staging");
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT, Action.CLEAR);
        assertThat(signals).extracting(Signal::mode).containsOnly(Mode.OBSERVE);
    }

    @Test
    void enforcesAHaltThatWasOnlyObservedElsewhere() {
        FleetStage fleet = stage(of(environment("staging", Mode.OBSERVE)));
        fleet.accept(known(hurt("small", 22, AGENT), "staging", Optional.empty(), Optional.empty()));
        List<Signal> signals = new ArrayList<>(fleet.flushIdle());
        fleet.accept(known(hurt("large", 23, AGENT), "production", Optional.empty(), Optional.empty()));
        signals.addAll(fleet.flushIdle());
        assertThat(signals).extracting(Signal::mode).containsExactly(Mode.OBSERVE, Mode.ENFORCE);
        assertThat(signals).extracting(Signal::action).containsOnly(Action.HALT);
    }

    @Test
    void asksForMoreCertaintyWhereARuleDoes() {
        Policy.Rule strict = new Policy.Rule(
                Optional.empty(),
                Optional.of("infra"),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.of(0.9999),
                OptionalDouble.empty());
        assertThat(play(of(strict), "production")).noneMatch(signal -> signal.action() == Action.HALT);
        assertThat(play(Policy.DEFAULT, "production")).anyMatch(signal -> signal.action() == Action.HALT);
    }

    @Test
    void holdsEveryRolloutOfAnEnvironmentThatIsFrozenUntilTheEnd() {
        FleetStage fleet = stage(frozen());
        List<Signal> signals = new ArrayList<>();
        for (int tick = 22; tick < 50; tick++) {
            ClusterReport report = fine("prod", tick, AGENT);
            signals.addAll(fleet.accept(known(report, "production", Optional.empty(), Optional.empty())));
        }
        assertThat(signals).singleElement().satisfies(hold -> {
            assertThat(hold.action()).isEqualTo(Action.HOLD);
            assertThat(hold.until()).contains(at(40));
            assertThat(hold.reason())
                    .isEqualTo("agent must not widen in prod during the freeze black-friday, which ends at " + at(40));
        });
    }

    @Test
    void freezesNothingElsewhereAndNothingThatAnOperatorAllows() {
        FleetStage elsewhere = stage(frozen());
        elsewhere.accept(known(fine("prod", 25, AGENT), "staging", Optional.empty(), Optional.empty()));
        assertThat(elsewhere.flushIdle()).isEmpty();
        FleetStage allowed = stage(frozen());
        allowed.accept(new OverrideInput(new OperatorOverride(
                at(20), "agent", Optional.empty(), OperatorOverride.Decision.ALLOW, "jo", "a hotfix", at(99))));
        allowed.accept(known(fine("prod", 25, AGENT), "production", Optional.empty(), Optional.empty()));
        assertThat(allowed.flushIdle()).isEmpty();
    }

    @Test
    void refusesAFreezeThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Policy.Freeze("x", List.of(), at(2), at(1)))
                .hasMessage("freeze x must begin before it ends but was " + at(2) + " to " + at(1));
    }

    private static Policy frozen() {
        Policy.Freeze freeze = new Policy.Freeze("black-friday", List.of("production"), at(24), at(40));
        Policy base = Policy.DEFAULT;
        return new Policy(base.mode(), List.of(), List.of(freeze), base.dnsHold(), base.unknownDnsCache());
    }

    private static List<Signal> play(Policy policy, String environment) {
        FleetStage fleet = stage(policy);
        List<Signal> signals = new ArrayList<>();
        for (int tick = 22; tick < 34; tick++) {
            ClusterReport report = tick < 26 ? hurt("prod", tick, AGENT) : fine("prod", tick, AGENT);
            signals.addAll(fleet.accept(known(report, environment, Optional.empty(), Optional.empty())));
        }
        return signals;
    }

    private static Policy of(Policy.Rule... rules) {
        Policy base = Policy.DEFAULT;
        return new Policy(base.mode(), List.of(rules), List.of(), base.dnsHold(), base.unknownDnsCache());
    }

    private static Policy.Rule environment(String name, Mode mode) {
        return new Policy.Rule(
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.of(mode),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static Policy.Rule rule(String environment, String namespace, String kind, Mode mode) {
        return new Policy.Rule(
                Optional.of(environment),
                Optional.of(namespace),
                Optional.of(kind),
                Optional.of(mode),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static FleetStage stage(Policy policy) {
        return new FleetStage(
                Settings.DEFAULT.with(policy), new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
    }
}
