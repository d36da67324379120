package dev.andon.connect.common;

import dev.andon.schema.Delivery;
import dev.andon.schema.SingleObjectSerde;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records attempts in a topic: key signalId, record timestamp the time of the attempt. */
final class KafkaDeliveryLog implements DeliveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeliveryLog.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Short, because a halt must not wait for its own record. The user's settings come on top. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000,
            ProducerConfig.LINGER_MS_CONFIG, 0);

    private final String topic;
    private final Producer<String, Delivery> producer;
    private final AtomicBoolean failing = new AtomicBoolean();

    KafkaDeliveryLog(String topic, Map<String, Object> settings) {
        this(topic, producer(settings));
    }

    KafkaDeliveryLog(String topic, Producer<String, Delivery> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    private static Producer<String, Delivery> producer(Map<String, Object> settings) {
        Map<String, Object> merged = new HashMap<>(DEFAULTS);
        merged.putAll(settings);
        return new KafkaProducer<>(
                merged, new StringSerializer(), new SingleObjectSerde<>(Delivery.class).serializer());
    }

    @Override
    public void record(Delivery delivery) {
        ProducerRecord<String, Delivery> record =
                new ProducerRecord<>(topic, null, delivery.getTime().toEpochMilli(), delivery.getSignalId(), delivery);
        try {
            var unused = producer.send(record, (metadata, failure) -> report(failure));
        } catch (KafkaException e) {
            report(e);
        }
    }

    /** One warning when recording begins to fail, one line when it works again. */
    private void report(@Nullable Exception failure) {
        if (failure == null) {
            if (failing.getAndSet(false)) {
                LOG.info("Deliveries are recorded in topic {} again", topic);
            }
        } else if (!failing.getAndSet(true)) {
            LOG.warn(
                    "Deliveries cannot be recorded in topic {}; signals are delivered all the same. Check that the"
                            + " topic exists and that deliveries.producer.* reaches its brokers",
                    topic,
                    failure);
        }
    }

    /** Whether the last word on a record was a failure. */
    boolean failing() {
        return failing.get();
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
