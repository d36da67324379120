package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.SingleObjectSerde;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaDeliveryLogTest {
    private static final Delivery DELIVERY = Delivery.newBuilder()
            .setTime(Instant.parse("2024-12-11T22:51:16Z"))
            .setSignalId("halt-1")
            .setSink("cd")
            .setTarget("https://cd.example.com")
            .setStatus(DeliveryStatus.SENT)
            .setAttempt(1)
            .build();

    private final MockProducer<String, Delivery> producer = new MockProducer<>(
            false, null, new StringSerializer(), new SingleObjectSerde<>(Delivery.class).serializer());
    private final KafkaDeliveryLog log = new KafkaDeliveryLog("andon.deliveries", producer);

    @Test
    void keysARecordBySignalAndStampsItWithTheTimeOfTheAttempt() {
        log.record(DELIVERY);

        assertThat(producer.history())
                .containsExactly(new ProducerRecord<>(
                        "andon.deliveries", null, DELIVERY.getTime().toEpochMilli(), "halt-1", DELIVERY));
    }

    @Test
    void waitsOnFlushForWhatWasRecorded() {
        log.record(DELIVERY);
        assertThat(producer.flushed()).isFalse();

        log.flush();

        assertThat(producer.flushed()).isTrue();
    }

    @Test
    void doesNotStandInTheWayWhenTheTopicCannotBeReached() {
        producer.sendException = new TimeoutException("Topic andon.deliveries not present in metadata after 2000 ms.");
        assertThatCode(() -> log.record(DELIVERY)).doesNotThrowAnyException();
        assertThat(log.failing()).isTrue();

        producer.sendException = null;
        log.record(DELIVERY);
        producer.completeNext();
        assertThat(log.failing()).isFalse();
    }

    @Test
    void noticesARecordThatFailsLater() {
        log.record(DELIVERY);
        producer.errorNext(new TimeoutException("Expiring 1 record(s)"));

        assertThat(log.failing()).isTrue();
    }

    @Test
    void closesItsProducer() {
        log.close();

        assertThat(producer.closed()).isTrue();
    }

    @Test
    void recordsNothingWhereNoTopicIsSet() {
        SinkSettings settings = new SinkSettings(
                "cd",
                Set.of(),
                false,
                java.time.Duration.ZERO,
                java.time.Duration.ZERO,
                java.time.Duration.ZERO,
                false,
                java.util.Optional.empty(),
                "",
                Map.of());

        assertThat(DeliveryLog.open(settings)).isSameAs(DeliveryLog.NONE);
    }
}
