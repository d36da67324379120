package dev.andon.connect.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/** Carries records from the threads that receive to the one that polls, and word back when Kafka has them. */
final class Mailbox {
    private static final int MAX_BATCH = 2_000;

    private final int maxRecords;
    private final BlockingQueue<Tracked> queue = new LinkedBlockingQueue<>();
    private final Set<Parcel> open = new HashSet<>();
    private final AtomicInteger outstanding = new AtomicInteger();
    private boolean closed;

    /** @param maxRecords how many may be waiting for Kafka before there is no more room; a soft limit */
    Mailbox(int maxRecords) {
        this.maxRecords = maxRecords;
    }

    /** Who waits for a parcel. */
    interface Waiting {
        /** Called once. */
        void done(boolean inKafka);
    }

    private static final class Parcel {
        private final AtomicInteger missing;
        private final Waiting waiting;

        private Parcel(int records, Waiting waiting) {
            this.missing = new AtomicInteger(records);
            this.waiting = waiting;
        }
    }

    /** A record that knows the parcel it belongs to; Connect hands this very object back. */
    private static final class Tracked extends SourceRecord {
        private final Parcel parcel;

        private Tracked(SourceRecord record, Headers headers, Parcel parcel) {
            super(
                    record.sourcePartition(),
                    record.sourceOffset(),
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    record.key(),
                    record.valueSchema(),
                    record.value(),
                    record.timestamp(),
                    headers);
            this.parcel = parcel;
        }
    }

    boolean hasRoom() {
        return outstanding.get() < maxRecords;
    }

    /** Takes over records, at least one; {@code waiting} is told when all are in Kafka, or that they never will be. */
    void put(List<SourceRecord> records, Waiting waiting) {
        var parcel = new Parcel(records.size(), waiting);
        synchronized (open) {
            if (!closed) {
                open.add(parcel);
                outstanding.addAndGet(records.size());
                records.forEach(record -> queue.add(new Tracked(record, record.headers(), parcel)));
                return;
            }
        }
        waiting.done(false);
    }

    /** @return what is there, at most a batch; empty when nothing came */
    List<SourceRecord> poll(Duration longest) throws InterruptedException {
        var batch = new ArrayList<SourceRecord>();
        Tracked first = queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, MAX_BATCH);
        }
        return batch;
    }

    /** Kafka has it, or Connect was told to leave it out. */
    void acknowledged(SourceRecord record) {
        if (!(record instanceof Tracked tracked)) {
            return;
        }
        outstanding.decrementAndGet();
        if (tracked.parcel.missing.decrementAndGet() == 0 && remove(tracked.parcel)) {
            tracked.parcel.waiting.done(true);
        }
    }

    /** Tells all who wait that their records may not have arrived. */
    void close() {
        List<Parcel> left;
        synchronized (open) {
            closed = true;
            left = List.copyOf(open);
            open.clear();
        }
        left.forEach(parcel -> parcel.waiting.done(false));
    }

    private boolean remove(Parcel parcel) {
        synchronized (open) {
            return open.remove(parcel);
        }
    }
}
