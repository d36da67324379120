package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.recording.Replay;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Scenarios;
import dev.andon.testing.Incident;
import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import dev.andon.topology.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
@Timeout(180)
final class ReplayThroughKafkaIT {
    private final KafkaBroker broker;

    @TempDir
    Path directory;

    ReplayThroughKafkaIT(KafkaBroker broker) {
        this.broker = broker;
    }

    @Test
    void saysExactlyWhatAReplayInMemorySays() {
        List<Input> played = Incident.amid(Scenarios.CONCURRENT_ROLLOUTS.create(Scenarios.Options.of(11, Pace.DEMO)));
        List<Input> inputs = new ArrayList<>(played);
        inputs.addAll(Replay.closing(played));
        Topics topics = new Topics("replay-" + UUID.randomUUID() + ".");
        List<Signal> throughKafka =
                ReplayThroughKafka.run(inputs, Settings.DEFAULT, broker.bootstrapServers(), topics, directory);
        assertThat(throughKafka)
                .isEqualTo(Replay.run(played, Settings.DEFAULT).signals())
                .isNotEmpty();
    }

    @Test
    void saysNothingAboutNothing() {
        assertThat(ReplayThroughKafka.run(List.of(), Settings.DEFAULT, directory))
                .isEmpty();
    }
}
