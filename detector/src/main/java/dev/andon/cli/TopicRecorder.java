package dev.andon.cli;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import dev.andon.recording.RecordingWriter;
import dev.andon.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Copies the input topics, and the signals, into a recording. */
final class TopicRecorder implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, AvroCodec<? extends Input>> codecs;
    private final String signals;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private long unreadable;

    private TopicRecorder(KafkaConsumer<String, byte[]> consumer, Topics topics) {
        this.consumer = consumer;
        this.signals = topics.signals();
        this.codecs = Map.of(
                topics.rollouts(), AvroCodec.ROLLOUTS,
                topics.apiserverLatency(), AvroCodec.APISERVER_LATENCY,
                topics.dnsErrors(), AvroCodec.DNS_ERRORS,
                topics.measurements(), AvroCodec.MEASUREMENTS,
                topics.clusters(), AvroCodec.CLUSTERS);
    }

    /**
     * @param clients security and other properties of every Kafka client
     * @param fromBeginning whether to begin with the oldest record that is kept, or with the next that comes
     */
    static TopicRecorder open(
            String bootstrapServers, Map<String, String> clients, Topics topics, boolean fromBeginning) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "andon-record");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        TopicRecorder recorder = new TopicRecorder(
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer()), topics);
        try {
            recorder.assign(fromBeginning);
            return recorder;
        } catch (KafkaException e) {
            recorder.close();
            throw CommandException.failed(
                    "the topics cannot be read from Kafka at " + bootstrapServers + ": " + e.getMessage(), e);
        }
    }

    private void assign(boolean fromBeginning) {
        List<TopicPartition> fromStart = new ArrayList<>();
        for (String topic : codecs.keySet()) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.partitionsFor(signals).forEach(info -> partitions.add(new TopicPartition(signals, info.partition())));
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            // What is known of clusters was written long ago and must be part of every recording.
            boolean known = AvroCodec.CLUSTERS.equals(codecs.get(partition.topic()));
            if (fromBeginning || known) fromStart.add(partition);
        }
        List<TopicPartition> fromNow = new ArrayList<>(partitions);
        fromNow.removeAll(fromStart);
        // To Kafka an empty list means all partitions.
        if (!fromStart.isEmpty()) consumer.seekToBeginning(fromStart);
        if (!fromNow.isEmpty()) consumer.seekToEnd(fromNow);
        fromNow.forEach(consumer::position);
    }

    /** Copies until told to stop. */
    void copy(RecordingWriter writer, BooleanSupplier stop) throws IOException {
        while (!stop.getAsBoolean()) copySome(writer);
    }

    /** Copies everything that is there now. */
    void copyToEnd(RecordingWriter writer) throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            copySome(writer);
        }
    }

    private void copySome(RecordingWriter writer) throws IOException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) copy(writer, record);
    }

    private void copy(RecordingWriter writer, ConsumerRecord<String, byte[]> record) throws IOException {
        if (record.value() == null) return;
        try {
            AvroCodec<? extends Input> codec = codecs.get(record.topic());
            if (codec == null) {
                writer.write(AvroCodec.SIGNALS.decode(record.value()));
            } else {
                writer.write(codec.decode(record.value()));
            }
        } catch (InvalidInput e) {
            unreadable++;
        }
    }

    /** @return records that could not be read and are not in the recording */
    long unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
