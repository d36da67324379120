package dev.andon.connect.common;

import dev.andon.schema.DeliveryStatus;
import java.time.Instant;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** One notice waiting in one lane, and how its attempts went. Belongs to the lane and is guarded by its lock. */
final class Parcel {
    final SinkRecord record;
    final Notice notice;
    final Errand errand;
    final long number;

    /** When the next attempt is due. */
    Instant next;

    /** Attempts since it was last delivered, or ever. */
    long attempts;

    /** When the first of these failed attempts was made; null when none failed. */
    @Nullable
    Instant failingSince;

    /** What the record of deliveries says of it so far, to say each thing once; null when nothing. */
    @Nullable
    DeliveryStatus reached;

    String saying = "";

    Parcel(SinkRecord record, Notice notice, Errand errand, long number, Instant next) {
        this.record = record;
        this.notice = notice;
        this.errand = errand;
        this.number = number;
        this.next = next;
    }
}
