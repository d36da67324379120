package dev.andon.cli;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.Evidence;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.Signal;
import dev.andon.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends an ALARM that says that it is a test, and looks what the sinks make of it. Pages whoever is on call. */
final class DeliveryTest {
    private static final String CLUSTER = "andon-doctor";
    private static final String REASON = "This is a test of delivery by andon doctor. Nothing is wrong, nothing to do.";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Map<String, Object> client;
    private final Topics topics;
    private final Checkup checkup;
    private final Duration patience;

    DeliveryTest(Map<String, Object> client, Topics topics, Checkup checkup, Duration patience) {
        this.client = new HashMap<>(client);
        this.topics = topics;
        this.checkup = checkup;
        this.patience = patience;
    }

    void run(Instant now) {
        Signal test = new Signal(
                now,
                "doctor-" + UUID.randomUUID(),
                Action.ALARM,
                Optional.empty(),
                Optional.of(CLUSTER),
                Optional.of(now),
                OptionalDouble.empty(),
                REASON,
                List.of(new Evidence("test", Evidence.Kind.SHIFT, 1, 1, "1", now, 1, 0)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(now.plus(LIFE)));
        client.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topics.deliveries())
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            send(test);
            tell(await(consumer, test.signalId()));
        }
    }

    private void send(Signal test) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topics.signals(), CLUSTER.getBytes(StandardCharsets.UTF_8), AvroCodec.SIGNALS.encode(test)))
                    .get();
        } catch (ExecutionException e) {
            throw CommandException.failed("the test signal could not be written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        }
    }

    /** @return the newest delivery of the signal by each sink */
    private Map<String, Delivery> await(KafkaConsumer<byte[], byte[]> consumer, String signalId) {
        Map<String, Delivery> deliveries = new TreeMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(500)).forEach(record -> {
                try {
                    Delivery delivery = AvroCodec.DELIVERIES.decode(record.value());
                    if (delivery.signalId().equals(signalId)) deliveries.put(delivery.sink(), delivery);
                } catch (InvalidInput foreign) {
                    // The detector counts it.
                }
            });
        }
        return deliveries;
    }

    private void tell(Map<String, Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            checkup.fail(
                    "delivery",
                    "no sink said anything of the test signal within " + patience.toSeconds() + " s",
                    "configure a sink (docs/reference/sinks.md), or look whether it runs");
        }
        deliveries.forEach((sink, delivery) -> {
            String saw = delivery.status() + " to " + delivery.target()
                    + delivery.detail().map(detail -> ": " + detail).orElse("");
            switch (delivery.status()) {
                case SENT, ACKNOWLEDGED, VERIFIED -> checkup.ok("delivery by " + sink, saw);
                case SUPPRESSED -> checkup.ok("delivery by " + sink, saw + " (this sink sends no ALARM)");
                case FAILED ->
                    checkup.fail("delivery by " + sink, saw, "check address and credentials of connector " + sink);
            }
        });
    }
}
