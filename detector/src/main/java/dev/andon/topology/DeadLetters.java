package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Headers of a dead letter. Its key, value and own headers are those of the record that was refused, so that it can be
 * sent again once the reason is gone.
 */
public final class DeadLetters {
    /** Label of the {@link dev.andon.domain.RejectReason}. */
    public static final String REASON = "andon.reason";
    /** What was wrong, the value seen, and what to do. */
    public static final String MESSAGE = "andon.message";

    public static final String TOPIC = "andon.topic";
    public static final String PARTITION = "andon.partition";
    public static final String OFFSET = "andon.offset";
    /** When it was refused, ISO-8601 in UTC. */
    public static final String TIME = "andon.time";

    private static final int LONGEST_MESSAGE = 1_000;

    private DeadLetters() {}

    /** Where a record was read. */
    record Origin(String topic, int partition, long offset) {}

    static Headers headers(Headers received, String reason, String message, Origin origin, Instant time) {
        Headers headers = new RecordHeaders(received.toArray());
        put(headers, REASON, reason);
        put(headers, MESSAGE, message.substring(0, Math.min(LONGEST_MESSAGE, message.length())));
        put(headers, TOPIC, origin.topic());
        put(headers, PARTITION, Integer.toString(origin.partition()));
        put(headers, OFFSET, Long.toString(origin.offset()));
        put(headers, TIME, time.toString());
        return headers;
    }

    /** A letter that died before and was sent again has these headers already. */
    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }
}
