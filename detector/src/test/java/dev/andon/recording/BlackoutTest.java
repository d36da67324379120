package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.simulate.Pace;
import dev.andon.simulate.ScenarioPlayer;
import dev.andon.simulate.Scenarios;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything was well, and then each cluster that an agent, the only rollout, reached was heard of no more. */
class BlackoutTest {
    private static final Duration LATER = Duration.ofSeconds(20);

    @Test
    void haltsTheRolloutAfterWhichOneClusterAfterTheOtherVanished() {
        List<Input> inputs = ScenarioPlayer.play(Scenarios.HEALTHY.create(Scenarios.Options.of(7, Pace.BRIEF)))
                .inputs();
        String agent = inputs.stream()
                .filter(RolloutEvent.class::isInstance)
                .map(input -> ((RolloutEvent) input).rolloutId())
                .filter(id -> id.startsWith("telemetry-agent"))
                .findFirst()
                .orElseThrow();
        Map<String, Instant> came = new HashMap<>();
        for (Input input : inputs) {
            if (input instanceof RolloutEvent event
                    && event.rolloutId().equals(agent)
                    && event.coverage().map(c -> c.updated() > 0).orElse(false)) {
                came.putIfAbsent(event.cluster(), event.time());
            }
        }
        assertThat(came).hasSize(3);
        String last = came.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        List<Input> heard = inputs.stream()
                .filter(input -> input instanceof RolloutEvent event
                        ? event.rolloutId().equals(agent)
                        : input.cluster().equals(last)
                                || input.time()
                                        .isBefore(came.getOrDefault(input.cluster(), Instant.EPOCH)
                                                .plus(LATER)))
                .toList();
        List<Signal> halts = Replay.run(heard, Settings.DEFAULT).signals().stream()
                .filter(signal -> signal.action() == Action.HALT)
                .toList();
        assertThat(halts).isNotEmpty().allSatisfy(halt -> {
            assertThat(halt.rolloutId()).contains(agent);
            assertThat(halt.reason()).contains("all telemetry of");
        });
    }
}
