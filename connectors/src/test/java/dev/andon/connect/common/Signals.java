package dev.andon.connect.common;

import dev.andon.schema.Action;
import dev.andon.schema.Candidate;
import dev.andon.schema.Evidence;
import dev.andon.schema.EvidenceKind;
import dev.andon.schema.Exposure;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Signals as the detector says them, and as the framework hands them over. */
public final class Signals {
    public static final Instant TIME = Instant.parse("2024-12-11T22:51:15Z");

    private static final SingleObjectSerde<Signal> SERDE = new SingleObjectSerde<>(Signal.class);

    private Signals() {}

    /** A halt with everything that a halt has. */
    public static Signal.Builder halt() {
        Instant onset = TIME.minusSeconds(10);
        return Signal.newBuilder()
                .setTime(TIME)
                .setSignalId("halt-1")
                .setAction(Action.HALT)
                .setRolloutId("telemetry-agent-7f3")
                .setCluster("prod-west-3")
                .setOnset(onset)
                .setProbability(0.97)
                .setReason("apiserver LIST latency p99 rose from 0.21 s to 4.8 s (x23)")
                .setEvidence(List.of(
                        new Evidence("apiserver/LIST/latency", EvidenceKind.SHIFT, 0.21, 4.8, "s", onset, 1e-6, 2L)))
                .setCandidates(List.of(
                        new Candidate("telemetry-agent-7f3", 0.97, false, null),
                        new Candidate("web-42", 0.02, true, "finished 41 min before the onset")))
                .setExposure(new Exposure(310L, 3000L, 1L))
                .setExpires(TIME.plusSeconds(600));
    }

    public static SinkRecord record(long offset, Signal signal) {
        return record(offset, SERDE.encode(signal));
    }

    public static SinkRecord record(long offset, @Nullable Object value) {
        return record("andon.signals", 0, offset, value);
    }

    public static SinkRecord record(String topic, int partition, long offset, @Nullable Object value) {
        return new SinkRecord(
                topic,
                partition,
                Schema.OPTIONAL_BYTES_SCHEMA,
                null,
                Schema.OPTIONAL_BYTES_SCHEMA,
                value,
                offset,
                TIME.toEpochMilli(),
                TimestampType.CREATE_TIME);
    }
}
