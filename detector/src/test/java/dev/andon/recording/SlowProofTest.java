package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Recorded;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rollout does may take longer to prove than the newest four minutes. */
class SlowProofTest {
    private static final Pace A_QUARTER_OF_AN_HOUR_PER_CLUSTER = new Pace(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5));

    @Test
    void stillNamesASuspect() {
        Recorded recorded = ScenarioPlayer.play(
                Scenarios.WRITE_STORM.create(Scenarios.Options.of(4, A_QUARTER_OF_AN_HOUR_PER_CLUSTER)));
        String guilty = recorded.truth().guilty().orElseThrow();
        List<Signal> signals = Replay.run(recorded.inputs(), Settings.DEFAULT).signals();
        assertThat(signals)
                .filteredOn(signal -> signal.action() == Action.HOLD)
                .isNotEmpty()
                .allSatisfy(hold -> assertThat(hold.rolloutId()).contains(guilty));
    }
}
