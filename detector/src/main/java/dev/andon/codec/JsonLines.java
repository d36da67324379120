package dev.andon.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Controller;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.Phase;
import dev.andon.domain.RejectReason;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The lines of a recording as Jackson sees them (contract, section 3), and their way to the domain and back. */
final class JsonLines {
    private JsonLines() {}

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) throw new InvalidInput(RejectReason.MISSING_FIELD, field + " is required but absent");
        return value;
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static <E extends Enum<E>> E symbol(String field, Class<E> type, @Nullable String name) {
        String given = required(field, name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(given)) return constant;
        }
        throw new InvalidInput(
                RejectReason.OUT_OF_RANGE,
                field + " must be one of " + java.util.Arrays.toString(type.getEnumConstants()) + " but was \"" + given
                        + "\"");
    }

    record WorkloadJson(
            @Nullable String kind,
            @Nullable String namespace,
            @Nullable String name) {
        Workload toDomain() {
            return new Workload(
                    required("workload.kind", kind),
                    namespace == null ? "" : namespace,
                    required("workload.name", name));
        }

        static WorkloadJson of(Workload workload) {
            return new WorkloadJson(workload.kind(), workload.namespace(), workload.name());
        }
    }

    record ControllerJson(@Nullable String type, @Nullable String reference) {
        Controller toDomain() {
            return new Controller(required("controller.type", type), reference == null ? "" : reference);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RolloutLine(
            @Nullable Instant time,
            @Nullable String rolloutId,
            @Nullable String cluster,
            @Nullable String phase,
            @Nullable WorkloadJson workload,
            @Nullable String revision,
            @Nullable Long updated,
            @Nullable Long total,
            @Nullable Long clusterNodes,
            @Nullable String identity,
            @Nullable ControllerJson controller) {
        RolloutEvent toDomain() {
            return new RolloutEvent(
                    required("time", time),
                    required("rolloutId", rolloutId),
                    required("cluster", cluster),
                    symbol("phase", Phase.class, phase),
                    required("workload", workload).toDomain(),
                    Optional.ofNullable(revision),
                    updated == null ? Optional.empty() : Optional.of(new Coverage(updated, total == null ? 0 : total)),
                    optional(clusterNodes),
                    Optional.ofNullable(identity),
                    Optional.ofNullable(controller).map(ControllerJson::toDomain));
        }

        static RolloutLine of(RolloutEvent e) {
            return new RolloutLine(
                    e.time(),
                    e.rolloutId(),
                    e.cluster(),
                    e.phase().name(),
                    WorkloadJson.of(e.workload()),
                    e.revision().orElse(null),
                    e.coverage().map(Coverage::updated).orElse(null),
                    e.coverage().map(Coverage::total).orElse(null),
                    orNull(e.clusterNodes()),
                    e.identity().orElse(null),
                    e.controller()
                            .map(c -> new ControllerJson(c.type(), c.reference()))
                            .orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SuppressWarnings("ArrayRecordComponent") // handed on to a Histogram, never compared
    record LatencyLine(
            @Nullable Instant time,
            @Nullable String cluster,
            @Nullable String instance,
            @Nullable String verb,
            @Nullable String scope,
            @Nullable Long intervalMillis,
            double @Nullable [] upperBoundsSeconds,
            long @Nullable [] counts,
            @Nullable Double sumSeconds,
            @Nullable Map<String, Long> codes,
            @Nullable String client) {
        LatencySample toDomain() {
            return new LatencySample(
                    required("time", time),
                    required("cluster", cluster),
                    required("instance", instance),
                    required("verb", verb),
                    Optional.ofNullable(scope),
                    Duration.ofMillis(required("intervalMillis", intervalMillis)),
                    new Histogram(
                            required("upperBoundsSeconds", upperBoundsSeconds),
                            required("counts", counts),
                            sumSeconds == null ? OptionalDouble.empty() : OptionalDouble.of(sumSeconds)),
                    codes == null ? Map.of() : codes,
                    Optional.ofNullable(client));
        }

        static LatencyLine of(LatencySample s) {
            OptionalDouble sum = s.latency().sum();
            return new LatencyLine(
                    s.time(),
                    s.cluster(),
                    s.instance(),
                    s.verb(),
                    s.scope().orElse(null),
                    s.interval().toMillis(),
                    s.latency().upperBounds(),
                    s.latency().counts(),
                    sum.isPresent() ? sum.getAsDouble() : null,
                    s.codes(),
                    s.client().orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DnsLine(
            @Nullable Instant time,
            @Nullable String cluster,
            @Nullable String server,
            @Nullable String view,
            @Nullable Long intervalMillis,
            @Nullable Long responses,
            @Nullable Map<String, Long> rcodes,
            @Nullable Long timeouts,
            @Nullable Long staleAnswers) {
        DnsSample toDomain() {
            return new DnsSample(
                    required("time", time),
                    required("cluster", cluster),
                    required("server", server),
                    symbol("view", DnsSample.View.class, view),
                    Duration.ofMillis(required("intervalMillis", intervalMillis)),
                    required("responses", responses),
                    rcodes == null ? Map.of() : rcodes,
                    timeouts == null ? 0 : timeouts,
                    staleAnswers == null ? 0 : staleAnswers);
        }

        static DnsLine of(DnsSample s) {
            return new DnsLine(
                    s.time(),
                    s.cluster(),
                    s.server(),
                    s.view().name(),
                    s.interval().toMillis(),
                    s.responses(),
                    s.rcodes(),
                    s.timeouts(),
                    s.staleAnswers());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeasurementLine(
            @Nullable Instant time,
            @Nullable String cluster,
            @Nullable String series,
            @Nullable Double value,
            @Nullable String unit,
            @Nullable String worse,
            @Nullable WorkloadJson workload) {
        Measurement toDomain() {
            return new Measurement(
                    required("time", time),
                    required("cluster", cluster),
                    required("series", series),
                    required("value", value),
                    unit == null ? "" : unit,
                    worse == null ? Measurement.Worse.EITHER : symbol("worse", Measurement.Worse.class, worse),
                    Optional.ofNullable(workload).map(WorkloadJson::toDomain));
        }

        static MeasurementLine of(Measurement m) {
            return new MeasurementLine(
                    m.time(),
                    m.cluster(),
                    m.series(),
                    m.value(),
                    m.unit(),
                    m.worse().name(),
                    m.workload().map(WorkloadJson::of).orElse(null));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClusterLine(
            @Nullable Instant time,
            @Nullable String cluster,
            @Nullable String fleet,
            @Nullable String environment,
            @Nullable Long nodes,
            @Nullable Long dnsCacheSeconds) {
        ClusterInfo toDomain() {
            return new ClusterInfo(
                    required("time", time),
                    required("cluster", cluster),
                    Optional.ofNullable(fleet),
                    Optional.ofNullable(environment),
                    optional(nodes),
                    Optional.ofNullable(dnsCacheSeconds).map(Duration::ofSeconds));
        }

        static ClusterLine of(ClusterInfo c) {
            return new ClusterLine(
                    c.time(),
                    c.cluster(),
                    c.fleet().orElse(null),
                    c.environment().orElse(null),
                    orNull(c.nodes()),
                    c.dnsCache().map(Duration::toSeconds).orElse(null));
        }
    }
}
