package dev.andon.decide;

import static dev.andon.decide.Reports.hurt;
import static dev.andon.decide.Reports.rollout;
import static dev.andon.decide.Reports.withNewLoad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.andon.domain.Candidate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlameTest {
    private final Blame blame = new Blame(Settings.DEFAULT);

    @Test
    void blamesTheRolloutThatReachedTheClusterJustBeforeTheOnset() {
        Blame.Verdict verdict = judge(hurt("prod", 22, rollout("agent", 20.2, 20.2)));
        assertThat(probability(verdict, "agent")).isGreaterThan(0.8);
    }

    @Test
    void tellsItFromOneThatWasUnderWayWithoutHarm() {
        Blame.Verdict verdict = judge(hurt("prod", 22, rollout("agent", 20.2, 20.2), rollout("web", 8, 30)));
        assertThat(verdict.candidates().get(0).rolloutId()).isEqualTo("agent");
        assertThat(probability(verdict, "agent")).isGreaterThan(10 * probability(verdict, "web"));
    }

    @Test
    void saysThatItMayBeNobodyWhereAStepFallsIntoTheMiddleOfASteadyRollout() {
        Blame.Verdict verdict = judge(hurt("prod", 26, rollout("web", 6, 30)));
        assertThat(verdict.none()).isGreaterThan(0.5);
    }

    @Test
    void exoneratesWithAReasonWhatCameAfterTheOnset() {
        Candidate late =
                judge(hurt("prod", 28, rollout("late", 26, 28))).candidates().get(0);
        assertThat(late.exonerated()).isTrue();
        assertThat(late.probability()).isZero();
        assertThat(late.why()).contains("reached this cluster 31 s after the onset");
    }

    @Test
    void exoneratesWithAReasonWhatEndedLongBefore() {
        Candidate old =
                judge(hurt("prod", 22, rollout("old", -200, -180))).candidates().get(0);
        assertThat(old.exonerated()).isTrue();
        assertThat(old.why()).contains("last widened 17 min before the onset");
    }

    @Test
    void believesLessWhenAClusterWithoutTheRolloutIsHurtAsWell() {
        ClusterReport here = hurt("prod", 22, rollout("agent", 20.2, 20.2));
        double alone = probability(judge(here), "agent");
        double shared = probability(blame.judge(here, List.of(here, hurt("other", 22))), "agent");
        assertThat(shared).isLessThan(alone - 0.2);
    }

    @Test
    void believesMoreWhenTwoClustersAreHurtAsTheRolloutArrives() {
        ClusterReport here = hurt("prod", 22, rollout("agent", 20.2, 20.2));
        double alone = probability(judge(here), "agent");
        ClusterReport there = hurt("other", 22, rollout("agent", 20.4, 20.4));
        assertThat(probability(blame.judge(here, List.of(here, there)), "agent"))
                .isGreaterThan(alone);
    }

    @Test
    void holdsTwoAccidentsOneAfterTheOtherForLessLikelyThanOneRolloutThatMadeBoth() {
        ClusterReport here = hurt("prod", 26, rollout("web", 6, 30));
        RolloutExposure earlier = rollout("web", -6, 18);
        double atOnce = probability(blame.judge(here, List.of(here, hurt("other", 26, rollout("web", 6, 30)))), "web");
        ClusterReport before = Reports.earlier(hurt("other", 26, earlier), 12);
        assertThat(probability(blame.judge(here, List.of(here, before)), "web")).isGreaterThan(atOnce + 0.2);
    }

    @Test
    void blamesTheRolloutWithWhichTheDemandGrewWhereTheHarmFitsTwo() {
        ClusterReport here = hurt("prod", 30, rollout("agent", 19.5, 29.5), rollout("other", 19.5, 21.5));
        double unknown = odds(judge(here), "agent", "other");
        assertThat(odds(judge(Reports.withDemand(here, 19.5, 29.5)), "agent", "other"))
                .isGreaterThan(1.2 * unknown);
        assertThat(odds(judge(Reports.withDemand(here, 19.5, 21.5)), "agent", "other"))
                .isLessThan(unknown / 1.2);
    }

    @Test
    void believesLessTheLaterARolloutCameAfterTheOnset() {
        ClusterReport here = hurt("prod", 24, rollout("agent", 20, 20));
        ClusterReport later = hurt("prod", 24, rollout("agent", 21.5, 21.5));
        assertThat(probability(judge(later), "agent")).isLessThan(probability(judge(here), "agent"));
    }

    @Test
    void saysNothingWithoutAPast() {
        Blame.Verdict verdict = judge(hurt("prod", 33, rollout("agent", 20.2, 20.2)));
        assertThat(verdict.candidates()).isEmpty();
        assertThat(verdict.none()).isEqualTo(1);
    }

    @Test
    void sharesOutAllProbability() {
        Blame.Verdict verdict = judge(hurt("prod", 23, rollout("a", 18, 24), rollout("b", 19, 22), rollout("c", 5, 9)));
        double sum = verdict.candidates().stream()
                .mapToDouble(Candidate::probability)
                .sum();
        assertThat(sum + verdict.none()).isCloseTo(1, within(1e-9));
    }

    private Blame.Verdict judge(ClusterReport report) {
        return blame.judge(report, List.of(report));
    }

    private static double probability(Blame.Verdict verdict, String rolloutId) {
        return verdict.candidates().stream()
                .filter(candidate -> candidate.rolloutId().equals(rolloutId))
                .findFirst()
                .orElseThrow()
                .probability();
    }

    @Test
    void believesWhoAsksForMoreThanUsual() {
        RolloutExposure agent = calling("agent", rollout("agent", 18, 24));
        RolloutExposure web = calling("web", rollout("web", 18, 24));
        ClusterReport here = withNewLoad(
                hurt("prod", 22, agent, web), new Callers.Share("agent", 0.9), new Callers.Share("web", 0.01));
        assertThat(judge(here).candidates().get(0)).satisfies(first -> {
            assertThat(first.rolloutId()).isEqualTo("agent");
            assertThat(first.probability()).isGreaterThan(0.5);
        });
    }

    @Test
    void blamesNobodyWhereTheNewLoadComesFromSomebodyElse() {
        RolloutExposure agent = calling("agent", rollout("agent", 20.2, 20.2));
        ClusterReport here = hurt("prod", 23, agent);
        double before = judge(here).none();
        double after = judge(withNewLoad(here, new Callers.Share("report-builder", 0.97)))
                .none();
        assertThat(after).isGreaterThan(3 * before).isGreaterThan(0.3);
    }

    private static RolloutExposure calling(String identity, RolloutExposure exposure) {
        return new RolloutExposure(
                exposure.rolloutId(),
                exposure.workload(),
                exposure.phase(),
                exposure.coverage(),
                exposure.updatedAt(),
                exposure.steps(),
                Optional.of(identity),
                exposure.endedAt());
    }

    private static double odds(Blame.Verdict verdict, String one, String other) {
        return probability(verdict, one) / probability(verdict, other);
    }
}
