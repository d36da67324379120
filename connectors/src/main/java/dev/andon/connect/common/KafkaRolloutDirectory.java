package dev.andon.connect.common;

import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of rollouts from some time back, and goes on reading, on a thread of its own. Belongs to no group and
 * commits nothing: after a restart it reads the same again, so nothing has to be stored.
 */
final class KafkaRolloutDirectory implements RolloutDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRolloutDirectory.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long RETRY_SECONDS = 1;
    private static final long STOP_MILLIS = 5_000;

    private final KnownRollouts known = new KnownRollouts();
    private final SingleObjectSerde<RolloutEvent> serde = new SingleObjectSerde<>(RolloutEvent.class);
    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration lookback;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean failing;

    KafkaRolloutDirectory(String topic, Duration lookback, Map<String, Object> settings, Clock clock) {
        this(topic, lookback, consumer(settings), clock);
        thread.start();
    }

    /** Does not start to read by itself. */
    KafkaRolloutDirectory(String topic, Duration lookback, Consumer<byte[], byte[]> consumer, Clock clock) {
        this.topic = topic;
        this.lookback = lookback;
        this.consumer = consumer;
        this.clock = clock;
        this.thread = new Thread(this::run, "andon-rollouts");
        this.thread.setDaemon(true);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        Map<String, Object> merged = new HashMap<>(Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
        merged.putAll(settings);
        return new KafkaConsumer<>(merged, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void run() {
        boolean assigned = false;
        while (stopping.getCount() > 0) {
            try {
                if (!assigned) {
                    assign();
                    assigned = true;
                }
                readOnce(POLL);
            } catch (WakeupException e) {
                // asked to stop
            } catch (KafkaException e) {
                report(e);
                pause();
            }
        }
        consumer.close();
    }

    private void report(KafkaException failure) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "Topic {} cannot be read, so that newer rollouts cannot be found; it is tried again every second."
                            + " Check that it exists and that rollouts.consumer.* reaches its brokers",
                    topic,
                    failure);
        }
    }

    private void pause() {
        try {
            var unused = stopping.await(RETRY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    void assign() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        long since = clock.instant().minus(lookback).toEpochMilli();
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> since)));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            if (start == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, start.offset());
            }
        }
    }

    void readOnce(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (record.value() != null) {
                read(record);
            }
        }
        failing = false;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            known.heard(serde.decode(record.value()));
        } catch (SerializationException e) {
            // What cannot be read is put aside by the detector; a rollout that nobody can read cannot be halted.
            LOG.debug("Record {} of {} is no rollout event", record.offset(), topic, e);
        }
    }

    @Override
    public List<RolloutEvent> of(String rolloutId) {
        return known.of(rolloutId);
    }

    @Override
    public void close() {
        stopping.countDown();
        consumer.wakeup();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
