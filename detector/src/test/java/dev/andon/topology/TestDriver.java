package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.andon.codec.AvroCodec;
import dev.andon.decide.Settings;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Delivery;
import dev.andon.domain.Input;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in Kafka's test driver, fed with inputs and read as signals. Its clock stands until it is moved. */
final class TestDriver implements AutoCloseable {
    static final Topics TOPICS = new Topics("test.");

    private final TopologyTestDriver driver;
    private final SettableClock clock;
    private final CountingObserver observer = new CountingObserver();
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();

    private TestDriver(TopologySettings settings, SettableClock clock, Path stateDirectory) {
        this.clock = clock;
        // The driver has one record at a time, so there is nothing to wait for.
        Properties config = new StreamsProperties("test", "unused:1", stateDirectory, 1, 0, Map.of())
                .build(TOPICS, clock, observer);
        var topology = DetectorTopology.build(settings, TOPICS, config, clock, observer);
        driver = new TopologyTestDriver(topology, config, clock.instant());
    }

    /** As in production, at the given instant. */
    static TestDriver live(Instant now, Path stateDirectory) {
        return new TestDriver(TopologySettings.live(Settings.DEFAULT), new SettableClock(now), stateDirectory);
    }

    /** Without punctuations. */
    static TestDriver replay(Instant now, Path stateDirectory) {
        return new TestDriver(TopologySettings.replay(Settings.DEFAULT), new SettableClock(now), stateDirectory);
    }

    static TestDriver of(TopologySettings settings, Instant now, Path stateDirectory) {
        return new TestDriver(settings, new SettableClock(now), stateDirectory);
    }

    TopologyTestDriver streams() {
        return driver;
    }

    CountingObserver observer() {
        return observer;
    }

    /** Both clocks, that of Streams and ours. */
    void pass(Duration time) {
        clock.now = clock.now.plus(time);
        driver.advanceWallClockTime(time);
    }

    void send(List<Input> all) {
        all.forEach(this::send);
    }

    void send(Input input) {
        Records.Encoded record = Records.encode(input);
        send(record.topic(), record.key(), record.value(), input.time());
    }

    void send(OperatorOverride override) {
        byte[] key = override.rolloutId().getBytes(UTF_8);
        send(Topic.OVERRIDES, key, AvroCodec.OVERRIDES.encode(override), override.time());
    }

    void send(Delivery delivery) {
        byte[] key = delivery.signalId().getBytes(UTF_8);
        send(Topic.DELIVERIES, key, AvroCodec.DELIVERIES.encode(delivery), delivery.time());
    }

    void send(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        input(topic).pipeInput(record(key, value, timestamp));
    }

    @SuppressWarnings("NullAway") // records may lack a key or a value; the class is not annotated
    private static TestRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        return new TestRecord<>(key, value, timestamp);
    }

    void send(Topic topic, TestRecord<byte[], byte[]> record) {
        input(topic).pipeInput(record);
    }

    private TestInputTopic<byte[], byte[]> input(Topic topic) {
        return inputs.computeIfAbsent(
                topic,
                t -> driver.createInputTopic(TOPICS.of(t), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    List<Signal> signals() {
        return read(Topic.SIGNALS).stream()
                .map(record -> AvroCodec.SIGNALS.decode(record.value()))
                .toList();
    }

    List<ChangePoint> changePoints() {
        return read(Topic.CHANGE_POINTS).stream()
                .map(record -> AvroCodec.CHANGE_POINTS.decode(record.value()))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return read(Topic.DEAD_LETTERS);
    }

    /** Everything that was written since the last call. */
    List<TestRecord<byte[], byte[]>> read(Topic topic) {
        return driver.createOutputTopic(TOPICS.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** One header of each dead letter that was written since the last call. */
    List<String> deadLetterHeaders(String name) {
        List<String> values = new ArrayList<>();
        for (TestRecord<byte[], byte[]> letter : deadLetters()) values.add(header(letter, name));
        return values;
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), UTF_8))
                .orElse("none");
    }

    @Override
    public void close() {
        driver.close();
    }

    private static final class SettableClock extends Clock {
        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
