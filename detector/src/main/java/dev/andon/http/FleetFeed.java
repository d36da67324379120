package dev.andon.http;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.InvalidInput;
import dev.andon.http.view.FleetView;
import dev.andon.topology.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics into the view, on a thread of its own: what is committed only, history from its beginning and samples from now
 * on. Knows, and says, until when it has surely missed nothing.
 */
public final class FleetFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PROOF_EVERY = Duration.ofSeconds(2);
    private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(3);
    private static final int CLOSE_MILLIS = 2_000;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Topics topics;
    private final Map<String, Consumer<byte[]>> readers = new HashMap<>();
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closing;
    private volatile Instant currentAsOf = Instant.EPOCH;
    private Instant askedAt = Instant.EPOCH;
    private Map<TopicPartition, Long> ends = Map.of();

    private FleetFeed(
            KafkaConsumer<String, byte[]> consumer,
            Topics topics,
            FleetView view,
            EventHub events,
            FleetMeters meters,
            Clock clock) {
        this.consumer = consumer;
        this.topics = topics;
        this.clock = clock;
        this.thread = new Thread(this::run, "fleet-view");
        thread.setDaemon(true);
        readers.put(topics.clusters(), bytes -> view.accept(AvroCodec.CLUSTERS.decode(bytes)));
        readers.put(topics.apiserverLatency(), bytes -> view.accept(AvroCodec.APISERVER_LATENCY.decode(bytes)));
        readers.put(topics.dnsErrors(), bytes -> view.accept(AvroCodec.DNS_ERRORS.decode(bytes)));
        readers.put(topics.rollouts(), bytes -> {
            var event = AvroCodec.ROLLOUTS.decode(bytes);
            view.accept(event);
            if (live()) events.publish(event);
        });
        readers.put(topics.changePoints(), bytes -> {
            var change = AvroCodec.CHANGE_POINTS.decode(bytes);
            view.accept(change);
            if (live()) events.publish(change);
        });
        readers.put(topics.signals(), bytes -> {
            var signal = AvroCodec.SIGNALS.decode(bytes);
            view.accept(signal);
            if (live()) events.publish(signal);
        });
        readers.put(topics.overrides(), bytes -> {
            var override = AvroCodec.OVERRIDES.decode(bytes);
            view.accept(override);
            if (live()) events.publish(override);
        });
        readers.put(topics.deliveries(), bytes -> {
            var delivery = AvroCodec.DELIVERIES.decode(bytes);
            view.accept(delivery);
            meters.accept(delivery, live());
            if (live()) events.publish(delivery);
        });
    }

    /** @param clients security and other properties of every Kafka client */
    static FleetFeed start(
            String bootstrapServers,
            Map<String, String> clients,
            Topics topics,
            FleetView view,
            EventHub events,
            FleetMeters meters,
            Clock clock) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "andon-view");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        FleetFeed feed = new FleetFeed(consumer, topics, view, events, meters, clock);
        feed.thread.start();
        return feed;
    }

    /** @return until when everything that was committed has surely been read; the epoch when that was never so */
    public Instant currentAsOf() {
        return currentAsOf;
    }

    private boolean live() {
        return currentAsOf.isAfter(Instant.EPOCH);
    }

    private void run() {
        try (consumer) {
            boolean assigned = false;
            boolean told = false;
            while (!closing) {
                try {
                    if (!assigned) assign();
                    assigned = true;
                    consumer.poll(POLL).forEach(this::read);
                    prove();
                    told = false;
                } catch (WakeupException | InterruptException e) {
                    if (!closing) LOG.debug("woken without reason", e);
                } catch (KafkaException e) {
                    if (!told) LOG.warn("the topics cannot be read, the gate stays closed: {}", e.getMessage());
                    told = true;
                }
            }
        }
    }

    private void assign() {
        List<TopicPartition> history = new ArrayList<>();
        List<TopicPartition> samples = new ArrayList<>();
        for (String topic : readers.keySet()) {
            boolean sampled = topic.equals(topics.apiserverLatency()) || topic.equals(topics.dnsErrors());
            consumer.partitionsFor(topic)
                    .forEach(info -> (sampled ? samples : history).add(new TopicPartition(topic, info.partition())));
        }
        List<TopicPartition> all = new ArrayList<>(history);
        all.addAll(samples);
        consumer.assign(all);
        consumer.seekToBeginning(history);
        consumer.seekToEnd(samples);
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        Consumer<byte[]> reader = readers.get(record.topic());
        if (reader == null || record.value() == null) return;
        try {
            reader.accept(record.value());
        } catch (InvalidInput e) {
            // The detector counts it and puts it among the dead letters.
            LOG.debug("{}-{}@{} is not shown: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    /** Asks the broker where the topics end, and is current as of then once it has read so far: nothing less proves it. */
    private void prove() {
        Instant now = clock.instant();
        if (ends.isEmpty() && !now.isBefore(askedAt.plus(PROOF_EVERY))) {
            ends = consumer.endOffsets(consumer.assignment(), PROOF_TIMEOUT);
            askedAt = now;
        }
        if (ends.isEmpty()) return;
        boolean all = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (!all) return;
        currentAsOf = askedAt;
        ends = Map.of();
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
