package dev.andon.service;

import dev.andon.codec.AvroCodec;
import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.topology.DetectorApplication;
import dev.andon.topology.Observer;
import dev.andon.topology.Records;
import dev.andon.topology.StreamsProperties;
import dev.andon.topology.Topic;
import dev.andon.topology.Topics;
import dev.andon.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a recording through a broker and the whole topology: the same signals as in memory, byte for byte.
 *
 * <p>Everything lies on the broker before the topology starts, one partition per topic, so Kafka Streams merges the topics
 * by time; the clock on the wall plays no part. Needs topics of its own that keep records of any age.
 */
public final class ReplayThroughKafka {
    private static final Set<Topic> READ = Set.of(
            Topic.ROLLOUTS,
            Topic.APISERVER_LATENCY,
            Topic.DNS_ERRORS,
            Topic.MEASUREMENTS,
            Topic.CLUSTERS,
            Topic.FLEET_INPUTS);
    /** The broker tells the age of a producer by the times of its records, and would forget one that writes old ones. */
    private static final Map<String, String> FOR_OLD_RECORDS =
            Map.of("producer.id.expiration.check.interval.ms", Integer.toString(Integer.MAX_VALUE));

    private static final int ANSWER_SECONDS = 30;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final Topics topics;
    private final Path stateDirectory;

    private ReplayThroughKafka(String bootstrapServers, Topics topics, Path stateDirectory) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.stateDirectory = stateDirectory;
    }

    /**
     * Replays through an embedded broker.
     *
     * @param inputs by time, with those at their end that close the last instants
     * @param directory an empty one, for the data of broker and topology; the caller deletes it
     * @return the signals in the order in which they were decided
     */
    public static List<Signal> run(List<Input> inputs, Settings settings, Path directory) {
        EmbeddedKafka.Settings broker =
                new EmbeddedKafka.Settings(directory.resolve("broker"), "127.0.0.1", 0, FOR_OLD_RECORDS);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(broker)) {
            return run(inputs, settings, kafka.bootstrapServers(), Topics.DEFAULT, directory.resolve("streams"));
        }
    }

    /**
     * Replays through a broker that runs already.
     *
     * @param topics that do not exist yet
     */
    static List<Signal> run(
            List<Input> inputs, Settings settings, String bootstrapServers, Topics topics, Path stateDirectory) {
        if (inputs.isEmpty()) return List.of();
        new TopicCreation(bootstrapServers, Map.of(), topics, TopicSettings.REPLAY).ensure();
        return new ReplayThroughKafka(bootstrapServers, topics, stateDirectory).replay(inputs, settings);
    }

    private List<Signal> replay(List<Input> inputs, Settings settings) {
        write(inputs);
        Clock end = Clock.fixed(inputs.get(inputs.size() - 1).time(), ZoneOffset.UTC);
        StreamsProperties properties =
                StreamsProperties.of(topics.prefix() + "replay", bootstrapServers, stateDirectory);
        try (var application =
                new DetectorApplication(properties, TopologySettings.replay(settings), topics, end, Observer.NONE)) {
            application.start();
            awaitEnd(application, properties.applicationId());
        }
        return signals();
    }

    private void write(List<Input> inputs) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20, "acks", "all");
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Input input : inputs) {
                Records.Encoded record = Records.encode(input);
                var unused = producer.send(
                        new ProducerRecord<>(
                                topics.of(record.topic()),
                                0,
                                input.time().toEpochMilli(),
                                record.key(),
                                record.value()),
                        (metadata, e) -> {
                            if (e != null) failure.compareAndSet(null, e);
                        });
            }
        }
        Exception failed = failure.get();
        if (failed != null) throw new StartException("the inputs could not be written to Kafka: " + failed, failed);
    }

    /** Everything is done when the group has committed the ends of all topics, of the one between the stages last. */
    private void awaitEnd(DetectorApplication application, String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (!atEnd(admin, group)) {
                if (application.phase() == DetectorApplication.Phase.FAILED) {
                    throw new StartException("the replay through Kafka failed: " + application.detail());
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
                if (Thread.interrupted()) throw new InterruptedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while replaying through Kafka", e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
            throw new StartException("Kafka does not say how far the replay has come: " + e.getMessage(), e);
        }
    }

    private boolean atEnd(Admin admin, String group)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        // The ends are asked for after the offsets: what the first stage wrote until then counts.
        Map<TopicPartition, OffsetSpec> latest = READ.stream()
                .collect(Collectors.toMap(
                        topic -> new TopicPartition(topics.of(topic), 0), topic -> OffsetSpec.latest()));
        var ends = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata done = committed.get(end.getKey());
            return end.getValue().offset() == (done == null ? 0 : done.offset());
        });
    }

    private List<Signal> signals() {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        TopicPartition partition = new TopicPartition(topics.signals(), 0);
        List<Signal> signals = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Stream.ofNullable(consumer.endOffsets(List.of(partition)).get(partition))
                    .findFirst()
                    .orElse(0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .records(partition)
                        .forEach(record -> signals.add(AvroCodec.SIGNALS.decode(record.value())));
            }
        }
        return signals;
    }
}
