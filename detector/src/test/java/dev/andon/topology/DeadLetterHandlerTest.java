package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our handler in a topology that fails on purpose. */
class DeadLetterHandlerTest {
    private static final Instant NOW = Instant.parse("2026-01-14T22:00:00Z");
    private static final Topics TOPICS = new Topics("test.");
    private static final byte[] KEY = "west".getBytes(UTF_8);
    private static final byte[] VALUE = {1, 2, 3};

    private final CountingObserver observer = new CountingObserver();

    @TempDir
    Path directory;

    @Test
    void keepsARecordOnWhichADefectShowsAndGoesOn() {
        try (TopologyTestDriver driver = driver(failing(record -> {
            if (record.value().length == 3) throw new IllegalStateException("not thought of");
        }))) {
            send(driver, VALUE);
            send(driver, new byte[4]);
            TestRecord<byte[], byte[]> letter = letter(driver);
            assertThat(letter.key()).isEqualTo(KEY);
            assertThat(letter.value()).isEqualTo(VALUE);
            assertThat(letter.getRecordTime()).isEqualTo(NOW);
            assertThat(TestDriver.header(letter, DeadLetters.REASON)).isEqualTo("defect");
            assertThat(TestDriver.header(letter, DeadLetters.MESSAGE))
                    .isEqualTo("java.lang.IllegalStateException: not thought of");
            assertThat(TestDriver.header(letter, DeadLetters.TOPIC)).isEqualTo("test.rollouts");
            assertThat(observer.rejections()).containsExactly(Map.entry("rollouts defect", 1));
        }
    }

    @Test
    void endsTheTaskWhenAStoreOrKafkaFails() {
        try (TopologyTestDriver driver = driver(failing(record -> {
            throw new ProcessorStateException("disk full");
        }))) {
            assertThatThrownBy(() -> send(driver, VALUE))
                    .isInstanceOf(StreamsException.class)
                    .hasStackTraceContaining("disk full");
        }
        assertThat(observer.rejections()).isEmpty();
    }

    private TopologyTestDriver driver(Topology topology) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var config = StreamsProperties.of("test", "unused:1", directory).build(TOPICS, clock, observer);
        return new TopologyTestDriver(topology, config, NOW);
    }

    private static Topology failing(Consumer<Record<byte[], byte[]>> behaviour) {
        Topology topology = new Topology();
        topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), TOPICS.rollouts());
        topology.addProcessor("failing", () -> (Processor<byte[], byte[], byte[], byte[]>) behaviour::accept, "source");
        return topology;
    }

    private static void send(TopologyTestDriver driver, byte[] value) {
        driver.createInputTopic(TOPICS.rollouts(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(KEY, value, NOW);
    }

    private static TestRecord<byte[], byte[]> letter(TopologyTestDriver driver) {
        return driver.createOutputTopic(TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecord();
    }
}
