package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.andon.codec.AvroCodec;
import dev.andon.codec.StateCodec;
import dev.andon.decide.ClusterReport;
import dev.andon.decide.FleetInput;
import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Everything that leaves a processor: which sink, which key, which bytes, which time; and tells the observer. */
record Outlet(ProcessorContext<byte[], byte[]> context, Clock clock, Observer observer) {
    void changePoint(ChangePoint point) {
        send(Nodes.CHANGE_POINTS, point.cluster(), AvroCodec.CHANGE_POINTS.encode(point), point.time());
        observer.changePoint(point.evidence().kind());
    }

    void report(ClusterReport report) {
        send(Nodes.FLEET_INPUTS, report.fleet(), StateCodec.FLEET_INPUTS.encode(report), report.time());
        observer.health(report.cluster(), report.health());
    }

    void fleetInput(String sink, String key, FleetInput input) {
        send(sink, key, StateCodec.FLEET_INPUTS.encode(input), input.time());
    }

    void signal(Signal signal) {
        // Only an ALARM has no rollout, and it always has a cluster.
        String key = signal.action() == Action.ALARM
                ? signal.cluster().orElse("")
                : signal.rolloutId().orElse("");
        send(Nodes.SIGNALS, key, AvroCodec.SIGNALS.encode(signal), signal.time());
        Duration delay = Duration.between(signal.time(), clock.instant());
        observer.signal(signal.action(), delay.isNegative() ? Duration.ZERO : delay);
    }

    void deadLetter(String sink, Record<byte[], byte[]> received, Topic from, InvalidInput refusal) {
        deadLetter(sink, received, from, refusal.reason(), String.valueOf(refusal.getMessage()));
    }

    void deadLetter(String sink, Record<byte[], byte[]> received, Topic from, RejectReason reason, String message) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        DeadLetters.Origin origin = new DeadLetters.Origin(metadata.topic(), metadata.partition(), metadata.offset());
        Instant now = clock.instant();
        var headers = DeadLetters.headers(received.headers(), reason.label(), message, origin, now);
        context.forward(new Record<>(received.key(), received.value(), millis(now), headers), sink);
        observer.rejected(from, reason);
    }

    private void send(String sink, String key, byte[] value, Instant time) {
        context.forward(new Record<>(key.getBytes(UTF_8), value, millis(time), new RecordHeaders()), sink);
    }

    /** Kafka has no times before 1970. */
    private static long millis(Instant time) {
        return Math.max(0, time.toEpochMilli());
    }
}
