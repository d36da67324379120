package dev.andon.topology;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The timestamp by which inputs of several topics are merged: that of the record, unless it is absent or lies in the
 * future. Such a record takes the place of its predecessor, so that it neither moves time nor holds up what follows, and
 * is not dropped here: the processor judges it by the time in its value, and counts what it refuses.
 */
record BoundedTimestampExtractor(Horizon horizon) implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long timestamp = record.timestamp();
        boolean usable = timestamp >= 0 && !horizon.beyond(Instant.ofEpochMilli(timestamp));
        return usable ? timestamp : Math.max(0, partitionTime);
    }
}
