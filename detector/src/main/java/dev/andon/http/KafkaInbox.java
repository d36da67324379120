package dev.andon.http;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what was posted to its topic, and returns when every in-sync replica has it. */
final class KafkaInbox implements Inbox, AutoCloseable {
    private static final int ANSWER_MILLIS = 10_000;
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final Producer<String, byte[]> producer;
    private final Topics topics;

    KafkaInbox(Producer<String, byte[]> producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    /** @param clients security and other properties of every Kafka client */
    static KafkaInbox open(String bootstrapServers, Map<String, String> clients, Topics topics) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "andon-http");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS / 2);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaInbox(new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer()), topics);
    }

    @Override
    public void rollouts(List<RolloutEvent> events) {
        send(events.stream()
                .map(event -> new ProducerRecord<>(
                        topics.rollouts(),
                        null,
                        event.time().toEpochMilli(),
                        event.cluster(),
                        AvroCodec.ROLLOUTS.encode(event)))
                .toList());
    }

    @Override
    public void override(OperatorOverride override) {
        send(List.of(new ProducerRecord<>(
                topics.overrides(),
                null,
                override.time().toEpochMilli(),
                override.rolloutId(),
                AvroCodec.OVERRIDES.encode(override))));
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        try {
            List<Future<?>> sent = new ArrayList<>(records.size());
            for (ProducerRecord<String, byte[]> record : records) sent.add(producer.send(record));
            for (Future<?> future : sent) future.get();
        } catch (KafkaException | ExecutionException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new NotAccepted("Kafka did not take it: " + cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAccepted("this service is stopping", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
