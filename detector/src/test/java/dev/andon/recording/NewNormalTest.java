package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Recorded;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Apiservers become slower for good, people live with it, and then a rollout hurts them. */
class NewNormalTest {
    private final Recorded recorded =
            ScenarioPlayer.play(Scenarios.NEW_NORMAL.create(Scenarios.Options.of(11, Pace.BRIEF)));

    private final List<Signal> signals =
            Replay.run(recorded.inputs(), Settings.DEFAULT).signals();

    @Test
    void doesNotHideTheRolloutThatHurtsAClusterLater() {
        String guilty = recorded.truth().guilty().orElseThrow();
        assertThat(signals)
                .filteredOn(signal -> signal.action() == Action.HALT)
                .isNotEmpty()
                .allSatisfy(halt -> assertThat(halt.rolloutId()).contains(guilty));
    }

    @Test
    void alarmsOncePerTrouble() {
        assertThat(signals)
                .filteredOn(signal -> signal.action() == Action.ALARM)
                .extracting(signal -> signal.cluster().orElseThrow())
                .contains("prod-800", "prod-2000")
                .hasSizeLessThanOrEqualTo(4);
    }
}
