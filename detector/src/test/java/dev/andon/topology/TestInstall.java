package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.codec.AvroCodec;
import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.service.TopicCreation;
import dev.andon.service.TopicSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One set of topics on a broker, and what a test does with it. Reads see committed records only. */
record TestInstall(String bootstrapServers, Topics topics) {
    private static final List<Topic> READ_BY_DETECTOR = List.of(
            Topic.ROLLOUTS,
            Topic.APISERVER_LATENCY,
            Topic.DNS_ERRORS,
            Topic.MEASUREMENTS,
            Topic.CLUSTERS,
            Topic.FLEET_INPUTS);

    void createTopics(int partitions) {
        TopicSettings settings = new TopicSettings(partitions, 1, (short) 1, Optional.empty(), Optional.empty());
        new TopicCreation(bootstrapServers, Map.of(), topics, settings).ensure();
    }

    /** Decides by event time only, so that what it says does not depend on how fast the machine is. */
    DetectorApplication detector(Path stateDirectory, Clock clock) {
        return new DetectorApplication(
                StreamsProperties.of(applicationId(), bootstrapServers, stateDirectory),
                TopologySettings.replay(Settings.DEFAULT),
                topics,
                clock,
                Observer.NONE);
    }

    private String applicationId() {
        return topics.prefix() + "detector";
    }

    void send(List<Input> inputs) {
        sendAll(inputs.stream()
                .map(input -> {
                    Records.Encoded record = Records.encode(input);
                    long time = input.time().toEpochMilli();
                    return new ProducerRecord<>(topics.of(record.topic()), null, time, record.key(), record.value());
                })
                .toList());
    }

    void send(Topic topic, byte[] key, byte[] value) {
        sendAll(List.of(new ProducerRecord<>(topics.of(topic), key, value)));
    }

    /** A record that was not taken fails the test here, rather than by what the detector does not see later. */
    private void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
        List<RecordMetadata> taken = new ArrayList<>();
        List<Exception> refused = new ArrayList<>();
        try (var producer = producer()) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record, (metadata, refusal) -> {
                    if (refusal == null) taken.add(metadata);
                    else refused.add(refusal);
                });
            }
        }
        assertThat(refused).isEmpty();
        assertThat(taken).hasSameSizeAs(records);
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    List<Signal> signals() {
        return read(Topic.SIGNALS).stream()
                .map(record -> AvroCodec.SIGNALS.decode(record.value()))
                .toList();
    }

    List<String> headersOfDeadLetters(String name) {
        return read(Topic.DEAD_LETTERS).stream()
                .map(record -> new String(record.headers().lastHeader(name).value(), UTF_8))
                .toList();
    }

    Set<Integer> partitionsOf(Topic topic) {
        return read(topic).stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
    }

    int countOf(Topic topic) {
        return read(topic).size();
    }

    /** Everything that is committed in the topic by now. */
    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.of(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Waits until the detector has committed the ends of all its inputs. */
    void awaitConsumed(Duration limit) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await().atMost(limit).pollInterval(Duration.ofMillis(100)).until(() -> consumed(admin));
        }
    }

    private boolean consumed(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId())
                .partitionsToOffsetAndMetadata()
                .get();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = READ_BY_DETECTOR.stream()
                    .flatMap(topic -> consumer.partitionsFor(topics.of(topic)).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).entrySet().stream().allMatch(end -> {
                OffsetAndMetadata done = committed.get(end.getKey());
                return end.getValue() == (done == null ? 0 : done.offset());
            });
        }
    }
}
