package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** Names of nodes, stores and topics are a contract with data that lies on disks and brokers. */
class TopologyShapeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");

    @Test
    void keepsEveryNameAndEveryConnection() throws IOException {
        String description = description(Topics.DEFAULT);
        if (Boolean.getBoolean("andon.golden.write")) Files.writeString(GOLDEN, description);
        assertThat(description)
                .as("installed detectors would lose their state: give new state a new name instead; before the first"
                        + " release -Dandon.golden.write=true accepts the change")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void namesEveryNodeItself() {
        assertThat(description(Topics.DEFAULT)).doesNotContain("KSTREAM", "KTABLE");
    }

    @Test
    void readsAndWritesNothingOutsideOfItsPrefix() {
        String description = description(new Topics("blue."));
        assertThat(Arrays.stream(Topic.values()).map(topic -> topic.name("blue.")))
                .allMatch(description::contains);
        assertThat(description).doesNotContain("andon.");
    }

    private static String description(Topics topics) {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        var config = StreamsProperties.of("test", "unused:1", Path.of("unused")).build(topics, clock, Observer.NONE);
        Topology topology =
                DetectorTopology.build(TopologySettings.replay(Settings.DEFAULT), topics, config, clock, Observer.NONE);
        return topology.describe().toString();
    }
}
