package dev.andon.connect.common;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The records that somebody still works on. Offsets are committed only up to the first of them, so that a crash loses
 * none: they are read again. Bounded, so that a receiver that stays away cannot fill the memory.
 */
final class Held {
    /** For what surrounds the bytes of a value. */
    private static final long OVERHEAD_BYTES = 2_048;

    private record Use(int users, long bytes) {}

    private final long mostBytes;
    private final Map<TopicPartition, TreeMap<Long, Use>> records = new HashMap<>();
    private long bytes;

    Held(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized boolean full() {
        return bytes >= mostBytes;
    }

    /** Held by so many lanes. */
    synchronized void hold(SinkRecord record, int users) {
        if (users > 0) {
            long size = OVERHEAD_BYTES + (record.value() instanceof byte[] value ? value.length : 0);
            bytes += size;
            records.computeIfAbsent(partition(record), any -> new TreeMap<>())
                    .put(record.originalKafkaOffset(), new Use(users, size));
        }
    }

    /** One lane is done with it. */
    synchronized void release(SinkRecord record) {
        TreeMap<Long, Use> held = records.get(partition(record));
        Use before = held == null ? null : held.get(record.originalKafkaOffset());
        if (held == null || before == null) {
            return; // its partition was taken away meanwhile
        }
        if (before.users() > 1) {
            held.put(record.originalKafkaOffset(), new Use(before.users() - 1, before.bytes()));
        } else {
            held.remove(record.originalKafkaOffset());
            bytes -= before.bytes();
        }
    }

    /** The offset up to which nobody works any more, at most the one that has been read up to. */
    synchronized long settledUpTo(TopicPartition partition, long readUpTo) {
        TreeMap<Long, Use> held = records.get(partition);
        return held == null || held.isEmpty() ? readUpTo : Math.min(readUpTo, held.firstKey());
    }

    synchronized void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            TreeMap<Long, Use> held = records.remove(partition);
            if (held != null) {
                bytes -= held.values().stream().mapToLong(Use::bytes).sum();
            }
        }
    }

    static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
}
