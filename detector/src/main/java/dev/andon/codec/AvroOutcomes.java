package dev.andon.codec;

import static dev.andon.codec.AvroFields.known;
import static dev.andon.codec.AvroFields.number;
import static dev.andon.codec.AvroFields.orEmpty;
import static dev.andon.codec.AvroFields.orNull;

import dev.andon.domain.Action;
import dev.andon.domain.Candidate;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Delivery;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.EvidenceKind;
import dev.andon.schema.OverrideDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said about inputs, as Avro records and back. An absent level is NaN in the domain, and an absent bound on the
 * probability of a false alarm is 1, which bounds nothing.
 */
final class AvroOutcomes {
    private AvroOutcomes() {}

    static dev.andon.schema.ChangePoint changePoint(ChangePoint point) {
        Evidence evidence = point.evidence();
        return new dev.andon.schema.ChangePoint(
                point.time(),
                point.cluster(),
                evidence.series(),
                EvidenceKind.valueOf(evidence.kind().name()),
                evidence.onset(),
                point.onsetEarliest(),
                point.onsetLatest(),
                level(evidence.before()),
                level(evidence.after()),
                orNull(evidence.unit()),
                evidence.falseAlarmProbability(),
                evidence.samples(),
                point.ended());
    }

    static ChangePoint changePoint(dev.andon.schema.ChangePoint avro) {
        Evidence evidence = checked(() -> new Evidence(
                avro.getSeries(),
                known("kind", Evidence.Kind.class, avro.getKind()),
                number(avro.getBefore()).orElse(Double.NaN),
                number(avro.getAfter()).orElse(Double.NaN),
                orEmpty(avro.getUnit()),
                avro.getOnset(),
                number(avro.getFalseAlarmProbability()).orElse(1),
                avro.getSamples()));
        return new ChangePoint(
                avro.getTime(),
                avro.getCluster(),
                evidence,
                Optional.ofNullable(avro.getOnsetEarliest()).orElse(avro.getOnset()),
                Optional.ofNullable(avro.getOnsetLatest()).orElse(avro.getOnset()),
                avro.getEnded());
    }

    static dev.andon.schema.Signal signal(Signal signal) {
        return new dev.andon.schema.Signal(
                signal.time(),
                signal.signalId(),
                dev.andon.schema.Action.valueOf(signal.action().name()),
                orNull(signal.rolloutId()),
                orNull(signal.cluster()),
                orNull(signal.onset()),
                orNull(signal.probability()),
                orNull(signal.until()),
                signal.reason(),
                signal.evidence().stream().map(AvroOutcomes::evidence).toList(),
                signal.candidates().stream().map(AvroOutcomes::candidate).toList(),
                orNull(signal.exposure().map(e -> new dev.andon.schema.Exposure(e.updated(), e.total(), e.clusters()))),
                orNull(signal.expires().filter(time -> !time.equals(Instant.MAX))),
                dev.andon.schema.Mode.valueOf(signal.mode().name()));
    }

    static Signal signal(dev.andon.schema.Signal avro) {
        return checked(() -> new Signal(
                avro.getTime(),
                avro.getSignalId(),
                known("action", Action.class, avro.getAction()),
                Optional.ofNullable(avro.getRolloutId()),
                Optional.ofNullable(avro.getCluster()),
                Optional.ofNullable(avro.getOnset()),
                number(avro.getProbability()),
                avro.getReason(),
                avro.getEvidence().stream().map(AvroOutcomes::evidence).toList(),
                avro.getCandidates().stream().map(AvroOutcomes::candidate).toList(),
                Optional.ofNullable(avro.getExposure())
                        .map(e -> new Exposure(e.getUpdated(), e.getTotal(), e.getClusters())),
                Optional.ofNullable(avro.getUntil()),
                Optional.ofNullable(avro.getExpires()),
                known("mode", Mode.class, avro.getMode())));
    }

    private static dev.andon.schema.Evidence evidence(Evidence evidence) {
        return new dev.andon.schema.Evidence(
                evidence.series(),
                EvidenceKind.valueOf(evidence.kind().name()),
                level(evidence.before()),
                level(evidence.after()),
                orNull(evidence.unit()),
                evidence.onset(),
                evidence.falseAlarmProbability(),
                evidence.samples());
    }

    private static Evidence evidence(dev.andon.schema.Evidence avro) {
        return new Evidence(
                avro.getSeries(),
                known("evidence.kind", Evidence.Kind.class, avro.getKind()),
                number(avro.getBefore()).orElse(Double.NaN),
                number(avro.getAfter()).orElse(Double.NaN),
                orEmpty(avro.getUnit()),
                avro.getOnset(),
                number(avro.getFalseAlarmProbability()).orElse(1),
                avro.getSamples());
    }

    private static @Nullable Double level(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static dev.andon.schema.Candidate candidate(Candidate candidate) {
        return new dev.andon.schema.Candidate(
                candidate.rolloutId(), candidate.probability(), candidate.exonerated(), orNull(candidate.why()));
    }

    private static Candidate candidate(dev.andon.schema.Candidate avro) {
        return new Candidate(
                avro.getRolloutId(), avro.getProbability(), avro.getExonerated(), Optional.ofNullable(avro.getWhy()));
    }

    static dev.andon.schema.OperatorOverride override(OperatorOverride override) {
        return new dev.andon.schema.OperatorOverride(
                override.time(),
                override.rolloutId(),
                orNull(override.cluster()),
                OverrideDecision.valueOf(override.decision().name()),
                override.actor(),
                orNull(override.reason()),
                override.expires().equals(Instant.MAX) ? null : override.expires());
    }

    /** An override that does not expire holds until {@link Instant#MAX}. */
    static OperatorOverride override(dev.andon.schema.OperatorOverride avro) {
        return new OperatorOverride(
                AvroFields.time(avro.getTime()),
                avro.getRolloutId(),
                Optional.ofNullable(avro.getCluster()),
                known("decision", OperatorOverride.Decision.class, avro.getDecision()),
                avro.getActor(),
                orEmpty(avro.getReason()),
                Optional.ofNullable(avro.getExpires()).orElse(Instant.MAX));
    }

    static dev.andon.schema.Delivery delivery(Delivery delivery) {
        return new dev.andon.schema.Delivery(
                delivery.time(),
                delivery.signalId(),
                orNull(delivery.rolloutId()),
                delivery.sink(),
                delivery.target(),
                DeliveryStatus.valueOf(delivery.status().name()),
                delivery.attempt(),
                delivery.httpStatus().isPresent() ? delivery.httpStatus().getAsInt() : null,
                orNull(delivery.latency().map(Duration::toMillis)),
                orNull(delivery.detail()),
                orNull(delivery.retryAt()));
    }

    static Delivery delivery(dev.andon.schema.Delivery avro) {
        Integer httpStatus = avro.getHttpStatus();
        return new Delivery(
                avro.getTime(),
                avro.getSignalId(),
                Optional.ofNullable(avro.getRolloutId()),
                avro.getSink(),
                avro.getTarget(),
                known("status", Delivery.Status.class, avro.getStatus()),
                avro.getAttempt(),
                httpStatus == null ? OptionalInt.empty() : OptionalInt.of(httpStatus),
                Optional.ofNullable(avro.getLatencyMillis()).map(Duration::ofMillis),
                Optional.ofNullable(avro.getDetail()),
                Optional.ofNullable(avro.getRetryAt()));
    }

    /** Evidence and candidates are made by us, so their constructors do not speak of inputs. Here they are read. */
    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidInput e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(RejectReason.OUT_OF_RANGE, String.valueOf(e.getMessage()));
        }
    }
}
