package dev.andon.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the state has been read back from the changelog topics. Called by threads of Streams. */
final class RestoreProgress implements StateRestoreListener {
    private final Map<TopicPartition, Part> parts = new HashMap<>();

    private record Part(long total, long done) {}

    @Override
    public synchronized void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
        parts.put(changelog, new Part(end - start, 0));
    }

    @Override
    public synchronized void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
        parts.computeIfPresent(changelog, (partition, part) -> new Part(part.total(), part.done() + count));
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition changelog, String store, long count) {
        parts.remove(changelog);
    }

    @Override
    public synchronized void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        parts.remove(changelog);
    }

    /** @return records restored over records to restore, of those that are not done yet; 1 when all are */
    synchronized double ratio() {
        long total = parts.values().stream().mapToLong(Part::total).sum();
        long done = parts.values().stream().mapToLong(Part::done).sum();
        return total <= 0 ? 1 : Math.min(1, (double) done / total);
    }
}
