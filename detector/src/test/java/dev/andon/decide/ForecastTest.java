package dev.andon.decide;

import static dev.andon.decide.Reports.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.andon.detect.EffectPoint;
import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.Evidence;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** A rollout that reaches 2 % of its places more in every tick from tick 20 on. */
class ForecastTest {
    private static final double BEFORE = 0.02;

    @Test
    void drawsAPowerOfTheCoverageOnToSaturation() {
        DoubleUnaryOperator level = c -> BEFORE + 2 * c * c;
        Forecast forecast = forecast(level, 30).orElseThrow();
        assertThat(forecast.saturatesAt()).isCloseTo(Math.sqrt((1 - BEFORE) / 2), within(0.01));
        assertThat(forecast.fit()).isGreaterThan(0.99);
    }

    @Test
    void findsTheThresholdOfAQueueThatFillsUp() {
        DoubleUnaryOperator level = c -> BEFORE + 0.05 * c / (0.31 - c);
        Forecast forecast = forecast(level, 30).orElseThrow();
        assertThat(forecast.saturatesAt()).isBetween(0.28, 0.31);
        assertThat(forecast.sentence()).matches("at this slope prod saturates at (29|30) % coverage");
    }

    @Test
    void foretellsNothingOfACourseThatDoesNotFollowTheCoverage() {
        assertThat(forecast(c -> 0.3, 30)).isEmpty();
        assertThat(forecast(c -> 0.2 + 0.15 * Math.sin(200 * c), 30)).isEmpty();
    }

    @Test
    void foretellsNothingThatFullCoverageDoesNotReach() {
        assertThat(forecast(c -> BEFORE + 0.5 * c, 30)).isEmpty();
    }

    @Test
    void foretellsNothingFromTooLittle() {
        assertThat(forecast(c -> BEFORE + 2 * c * c, 23)).isEmpty();
    }

    @Test
    void foretellsWhatALargerClusterHasComingFromOneThatBearsIt() {
        FleetStage fleet =
                new FleetStage(Settings.DEFAULT, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
        fleet.accept(Reports.ofNodes(Reports.fine("prod-3", 30), 5_000));
        fleet.accept(Reports.ofNodes(Reports.fine("prod-2", 30), 2_000));
        fleet.accept(Reports.ofNodes(report(c -> BEFORE + 0.5 * c, 30), 1_000));
        assertThat(fleet.flushIdle()).singleElement().satisfies(hold -> {
            assertThat(hold.action()).isEqualTo(Action.HOLD);
            assertThat(hold.rolloutId()).contains("agent");
            assertThat(hold.reason())
                    .endsWith("at this slope prod-3, 5.0 times as large, saturates at 39 % coverage if its apiservers"
                            + " are no stronger");
        });
    }

    @Test
    void foretellsNothingForClustersOfTheSameSizeOrAfterARollback() {
        ClusterReport bears = Reports.ofNodes(report(c -> BEFORE + 0.5 * c, 30), 1_000);
        RolloutExposure agent = bears.exposures().get(0);
        ClusterReport same = Reports.ofNodes(Reports.fine("prod-2", 30), 1_100);
        assertThat(Forecast.of(bears, agent, List.of(bears, same))).isEmpty();
        RolloutExposure rolledBack = new RolloutExposure(
                agent.rolloutId(),
                agent.workload(),
                Phase.ROLLED_BACK,
                agent.coverage(),
                at(30),
                agent.steps(),
                Optional.empty(),
                Optional.of(at(30)));
        ClusterReport larger = Reports.ofNodes(Reports.fine("prod-3", 30), 5_000);
        assertThat(Forecast.of(bears, agent, List.of(bears, larger))).isPresent();
        assertThat(Forecast.of(bears, rolledBack, List.of(bears, larger))).isEmpty();
    }

    @Test
    void holdsOnACredibleForecastBeforeTheClusterIsSaturated() {
        FleetStage fleet =
                new FleetStage(Settings.DEFAULT, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
        fleet.accept(report(c -> BEFORE + 2 * c * c, 30));
        List<Signal> signals = fleet.flushIdle();
        assertThat(signals).singleElement().satisfies(hold -> {
            assertThat(hold.action()).isEqualTo(Action.HOLD);
            assertThat(hold.reason())
                    .isEqualTo("apiserver LIST mean latency rose from 20 ms to 39 ms (x2.0) as agent reached 22 % of"
                            + " prod; at this slope prod saturates at 70 % coverage");
            assertThat(hold.evidence()).singleElement().satisfies(evidence -> {
                assertThat(evidence.kind()).isEqualTo(Evidence.Kind.FORECAST);
                assertThat(evidence.after()).isEqualTo(1);
            });
        });
    }

    @Test
    void letsGoWhatAForecastHeldWhenAnotherRolloutIsHaltedForTheSame() {
        FleetStage fleet =
                new FleetStage(Settings.DEFAULT, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
        fleet.accept(report(c -> BEFORE + 2 * c * c, 30));
        List<Signal> signals = new ArrayList<>(fleet.flushIdle());
        fleet.accept(Reports.hurt("prod", 31, Reports.rollout("culprit", 20.2, 20.2)));
        signals.addAll(fleet.flushIdle());
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HOLD, Action.HALT, Action.CLEAR);
        assertThat(signals.get(2).rolloutId()).contains("agent");
        assertThat(signals.get(2).reason()).contains("exonerated, culprit did it");
    }

    private static Optional<Forecast> forecast(DoubleUnaryOperator level, int tick) {
        ClusterReport report = report(level, tick);
        return Forecast.of(report, report.exposures().get(0), List.of(report));
    }

    private static ClusterReport report(DoubleUnaryOperator level, int tick) {
        List<RolloutExposure.Step> steps = new ArrayList<>();
        List<EffectPoint> course = new ArrayList<>();
        double coverage = 0;
        double logExcess = 0;
        for (int i = 10; i <= tick; i++) {
            if (i >= 20) {
                coverage = 0.02 * (i - 19);
                steps.add(new RolloutExposure.Step(at(i - 0.2), Math.round(1000 * coverage), 1000));
            }
            // The noise of this series is 1 ms.
            double excess = i < 20 ? 0.0003 : level.applyAsDouble(coverage) - BEFORE;
            if (i >= 20) logExcess += Math.log(excess);
            course.add(new EffectPoint(at(i), Math.log1p(excess / 0.001)));
        }
        RolloutExposure agent = new RolloutExposure(
                "agent",
                new Workload("DaemonSet", "infra", "agent"),
                Phase.PROGRESSING,
                new Coverage(Math.round(1000 * coverage), 1000),
                at(tick),
                steps,
                Optional.empty(),
                Optional.empty());
        Evidence evidence = new Evidence(
                "apiserver/LIST/latency",
                Evidence.Kind.SHIFT,
                BEFORE,
                BEFORE + Math.exp(logExcess / Math.max(1, steps.size())),
                "s",
                at(19),
                1e-3,
                tick - 19);
        ClusterReport report = Reports.moving("prod", tick, evidence, agent);
        return new ClusterReport(
                report.time(),
                report.cluster(),
                report.fleet(),
                report.health(),
                report.evidenceNats(),
                report.onset(),
                Duration.ofSeconds(5),
                report.evidence(),
                course,
                List.of(),
                report.exposures(),
                report.nodes(),
                report.dnsCache(),
                report.newLoad(),
                report.elevated(),
                report.environment(),
                report.newestSample(),
                report.probeCleanSince());
    }
}
