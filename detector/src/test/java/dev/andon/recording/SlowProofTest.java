package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.Input;
import dev.andon.domain.Measurement;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a rollout does may take longer to prove than the newest four minutes. */
class SlowProofTest {
    private static final Instant START = Instant.parse("2026-01-14T10:00:00Z");
    private static final int ARRIVES = 900;

    private final Random random = new Random(3);

    @Test
    void stillNamesASuspect() {
        List<Signal> signals = Replay.run(inputs(), Settings.DEFAULT).signals();
        assertThat(signals)
                .filteredOn(signal -> signal.action() == Action.ALARM)
                .allSatisfy(alarm -> assertThat(alarm.candidates()).isNotEmpty());
        assertThat(signals).anySatisfy(signal -> assertThat(signal.rolloutId()).contains("agent"));
    }

    /** Queues that grow by a sixth in five minutes and then by as much in every further one. */
    private List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        for (int second = 5; second < 1_800; second += 5) {
            double minutes = Math.max(0, second - ARRIVES) / 60.0;
            double growth = 1 + minutes * minutes / 150;
            double noise = Math.exp(0.05 * random.nextGaussian());
            inputs.add(new Measurement(
                    START.plusSeconds(second),
                    "prod",
                    "queue/depth",
                    100 * growth * noise,
                    "1",
                    Measurement.Worse.HIGHER,
                    Optional.empty()));
        }
        for (int part = 0; part <= 20; part++) inputs.add(covers(part));
        inputs.sort(Comparator.comparing(Input::time));
        return inputs;
    }

    private static RolloutEvent covers(int twentieths) {
        return new RolloutEvent(
                START.plusSeconds(ARRIVES + 45L * twentieths),
                "agent",
                "prod",
                twentieths == 20 ? Phase.COMPLETED : Phase.PROGRESSING,
                new Workload("DaemonSet", "platform", "agent"),
                Optional.of("r2"),
                Optional.of(new Coverage(10L * twentieths, 200)),
                OptionalLong.of(200),
                Optional.empty(),
                Optional.empty());
    }
}
