package dev.andon.decide;

import static dev.andon.decide.Reports.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.RolloutExposure.Step;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RolloutExposureTest {
    private static final int STEPS = 300;

    @Test
    void remembersASteadyRolloutOfManyStepsAsSteady() {
        RolloutExposure exposure = steady();
        Step before = exposure.steps().get(0);
        assertThat(before.updated()).isEqualTo(1);
        for (Step step : exposure.steps().subList(1, exposure.steps().size())) {
            assertThat(step.updated() - before.updated()).isLessThanOrEqualTo(2L * STEPS / 64);
            before = step;
        }
        assertThat(before.updated()).isEqualTo(STEPS);
    }

    @Test
    void remembersALongPauseBetweenManySteps() {
        RolloutExposure exposure = RolloutExposure.begin(event(0, 0));
        for (int i = 1; i <= STEPS; i++) exposure = exposure.with(event(i < 150 ? i : i + 100, i));
        assertThat(exposure.steps())
                .anyMatch(step -> step.time().isBefore(at(150)) && step.updated() >= 140)
                .noneMatch(step -> step.time().isBefore(at(250)) && step.updated() >= 150);
    }

    private static RolloutExposure steady() {
        RolloutExposure exposure = RolloutExposure.begin(event(0, 0));
        for (int i = 1; i <= STEPS; i++) exposure = exposure.with(event(i, i));
        return exposure;
    }

    private static RolloutEvent event(int tick, long updated) {
        return new RolloutEvent(
                at(tick),
                "agent",
                "prod",
                Phase.PROGRESSING,
                new Workload("DaemonSet", "infra", "agent"),
                Optional.empty(),
                Optional.of(new Coverage(updated, STEPS)),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
