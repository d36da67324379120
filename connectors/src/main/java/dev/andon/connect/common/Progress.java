package dev.andon.connect.common;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far the task got in each partition. The framework hands over the whole batch again after a retriable failure; what
 * was done must not be done again, and what failed must remember since when it has been tried.
 */
final class Progress {
    /**
     * Attempts made for the record at which a partition stands.
     *
     * @param offset of that record
     * @param count attempts so far, 1 or more
     * @param first when the first one was made
     * @param next when the next one is due
     */
    record Attempts(long offset, long count, Instant first, Instant next) {}

    private final Map<TopicPartition, Long> doneUpTo = new HashMap<>();
    private final Map<TopicPartition, Attempts> failed = new HashMap<>();

    boolean isDone(SinkRecord record) {
        Long done = doneUpTo.get(partition(record));
        return done != null && record.originalKafkaOffset() <= done;
    }

    void done(SinkRecord record) {
        doneUpTo.put(partition(record), record.originalKafkaOffset());
        failed.remove(partition(record));
    }

    /** The attempts made for this record; null when there were none. */
    @Nullable
    Attempts attempts(SinkRecord record) {
        Attempts attempts = failed.get(partition(record));
        return attempts != null && attempts.offset() == record.originalKafkaOffset() ? attempts : null;
    }

    void failed(SinkRecord record, Attempts attempts) {
        failed.put(partition(record), attempts);
    }

    /** Partitions that are taken away may come back at an earlier offset, after others have worked on them. */
    void forget(Collection<TopicPartition> partitions) {
        doneUpTo.keySet().removeAll(partitions);
        failed.keySet().removeAll(partitions);
    }

    private static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
}
