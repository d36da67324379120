package dev.andon.connect.outlet;

import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.ClusterInfo;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.Measurement;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Builds what a source hands to Connect, keyed by cluster. Keys and values are bytes, so both converters must be the
 * ByteArrayConverter. May be used by several threads.
 */
public final class Outlet {
    /** Why something was refused: a closed set, in lower case. */
    public static final String REASON_HEADER = "andon.reason";

    /** Who refused what: connector and origin. */
    public static final String SOURCE_HEADER = "andon.source";

    /** What was seen, for a person. */
    public static final String DETAIL_HEADER = "andon.detail";

    /** A dead letter must fit in a Kafka message, whose default limit is 1 MiB. */
    static final int MAX_LETTER_BYTES = 256 * 1024;

    /** No more letters than this for one reason; a sender of rubbish must not fill the topic. All are counted. */
    static final long MILLIS_BETWEEN_LETTERS = 1_000;

    private final String connector;
    private final Topics topics;
    private final SourceMetrics metrics;
    private final Map<String, Long> lastLetterMillis = new HashMap<>();
    private final SingleObjectSerde<ApiserverLatency> latencies = new SingleObjectSerde<>(ApiserverLatency.class);
    private final SingleObjectSerde<DnsErrors> dnsErrors = new SingleObjectSerde<>(DnsErrors.class);
    private final SingleObjectSerde<Measurement> measurements = new SingleObjectSerde<>(Measurement.class);
    private final SingleObjectSerde<RolloutEvent> rollouts = new SingleObjectSerde<>(RolloutEvent.class);
    private final SingleObjectSerde<ClusterInfo> clusters = new SingleObjectSerde<>(ClusterInfo.class);

    /** @param connector name of the kind of source, such as {@code remote-write} */
    public Outlet(String connector, Topics topics, SourceMetrics metrics) {
        this.connector = connector;
        this.topics = topics;
        this.metrics = metrics;
    }

    /**
     * Where a source had got to.
     *
     * @param partition what identifies the stream
     * @param offset how far it was read
     */
    public record Position(Map<String, ?> partition, Map<String, ?> offset) {
        /** Of a stream that cannot be read again: when it was last heard. */
        public static Position heard(String stream, Instant time) {
            return new Position(Map.of("stream", stream), Map.of("time", time.toEpochMilli()));
        }
    }

    /** A sample or an event, to the topic of its kind. */
    public SourceRecord record(Position position, SpecificRecord value) {
        if (value instanceof ApiserverLatency latency) {
            return record(
                    position,
                    topics.apiserverLatency(),
                    latency.getCluster(),
                    latency.getTime(),
                    latencies.encode(latency));
        }
        if (value instanceof DnsErrors answers) {
            return record(
                    position, topics.dnsErrors(), answers.getCluster(), answers.getTime(), dnsErrors.encode(answers));
        }
        if (value instanceof Measurement measured) {
            return record(
                    position,
                    topics.measurements(),
                    measured.getCluster(),
                    measured.getTime(),
                    measurements.encode(measured));
        }
        if (value instanceof RolloutEvent event) {
            return record(position, topics.rollouts(), event.getCluster(), event.getTime(), rollouts.encode(event));
        }
        if (value instanceof ClusterInfo info) {
            return record(position, topics.clusters(), info.getCluster(), info.getTime(), clusters.encode(info));
        }
        throw new IllegalStateException(
                "no topic is known for " + value.getSchema().getFullName());
    }

    /**
     * Counts a refusal and keeps it, unless one for the same reason was kept just now.
     *
     * @param stream whose it is, such as a cluster or a path
     * @param detail what was seen, for a person; never a secret
     */
    public synchronized Optional<SourceRecord> refused(
            Instant now, String stream, Enum<?> reason, long count, byte[] body, String detail) {
        metrics.rejected(reason, count);
        long last = lastLetterMillis.getOrDefault(reason.name(), Long.MIN_VALUE / 2);
        if (now.toEpochMilli() - last < MILLIS_BETWEEN_LETTERS) {
            return Optional.empty();
        }
        lastLetterMillis.put(reason.name(), now.toEpochMilli());
        var headers = new ConnectHeaders();
        headers.addString(REASON_HEADER, SourceMetrics.label(reason));
        headers.addString(SOURCE_HEADER, connector + " " + stream);
        headers.addString(DETAIL_HEADER, detail);
        byte[] letter = body.length <= MAX_LETTER_BYTES ? body : Arrays.copyOf(body, MAX_LETTER_BYTES);
        return Optional.of(record(Position.heard(stream, now), topics.deadLetters(), stream, now, letter, headers));
    }

    private SourceRecord record(Position position, String topic, String cluster, Instant time, byte[] value) {
        return record(position, topic, cluster, time, value, new ConnectHeaders());
    }

    private SourceRecord record(
            Position position, String topic, String key, Instant time, byte[] value, ConnectHeaders headers) {
        metrics.written(topic, 1);
        return new SourceRecord(
                position.partition(),
                position.offset(),
                topic,
                null,
                Schema.BYTES_SCHEMA,
                key.getBytes(StandardCharsets.UTF_8),
                Schema.BYTES_SCHEMA,
                value,
                time.toEpochMilli(),
                headers);
    }
}
