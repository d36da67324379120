package dev.andon.connect.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What to answer, and what must be in Kafka before.
 *
 * @param status of HTTP
 * @param message for a person; never a secret
 * @param headers to add
 * @param records to write first; when that fails the answer is 503 instead
 */
public record Reply(int status, String message, Map<String, String> headers, List<SourceRecord> records) {
    public Reply {
        headers = Map.copyOf(headers);
        records = List.copyOf(records);
    }

    /** Success, once these are in Kafka. */
    public static Reply accepted(List<SourceRecord> records) {
        return new Reply(204, "", Map.of(), records);
    }

    /** A refusal, once its dead letter is in Kafka. */
    public static Reply refused(int status, String message, Optional<SourceRecord> letter) {
        return new Reply(status, message, Map.of(), letter.map(List::of).orElse(List.of()));
    }

    /** An answer that needs nothing to be written. */
    public static Reply of(int status, String message) {
        return new Reply(status, message, Map.of(), List.of());
    }

    /** The sender should try again. */
    static Reply retry(String message) {
        return new Reply(503, message, Map.of("Retry-After", "1"), List.of());
    }
}
