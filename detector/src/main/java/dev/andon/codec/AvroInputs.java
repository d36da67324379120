package dev.andon.codec;

import static dev.andon.codec.AvroFields.known;
import static dev.andon.codec.AvroFields.number;
import static dev.andon.codec.AvroFields.orEmpty;
import static dev.andon.codec.AvroFields.orNull;

import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Controller;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.View;
import dev.andon.schema.Worse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inputs as Avro records and back. The constructors of the domain check what is read. */
final class AvroInputs {
    private AvroInputs() {}

    static dev.andon.schema.RolloutEvent rollout(RolloutEvent event) {
        return new dev.andon.schema.RolloutEvent(
                event.time(),
                event.rolloutId(),
                event.cluster(),
                dev.andon.schema.Phase.valueOf(event.phase().name()),
                workload(event.workload()),
                orNull(event.revision()),
                orNull(event.coverage().map(Coverage::updated)),
                orNull(event.coverage().map(Coverage::total).filter(total -> total > 0)),
                orNull(event.clusterNodes()),
                orNull(event.identity()),
                orNull(event.controller().map(c -> new dev.andon.schema.Controller(c.type(), orNull(c.reference())))));
    }

    static RolloutEvent rollout(dev.andon.schema.RolloutEvent avro) {
        return new RolloutEvent(
                AvroFields.time(avro.getTime()),
                avro.getRolloutId(),
                avro.getCluster(),
                known("phase", Phase.class, avro.getPhase()),
                workload(avro.getWorkload()),
                Optional.ofNullable(avro.getRevision()),
                coverage(avro.getUpdated(), avro.getTotal()),
                number(avro.getClusterNodes()),
                Optional.ofNullable(avro.getIdentity()),
                Optional.ofNullable(avro.getController())
                        .map(c -> new Controller(c.getType(), orEmpty(c.getReference()))));
    }

    /** A total alone does not say how far the rollout has come. */
    private static Optional<Coverage> coverage(@Nullable Long updated, @Nullable Long total) {
        return updated == null ? Optional.empty() : Optional.of(new Coverage(updated, total == null ? 0 : total));
    }

    private static dev.andon.schema.Workload workload(Workload workload) {
        return new dev.andon.schema.Workload(workload.kind(), orNull(workload.namespace()), workload.name());
    }

    private static Workload workload(dev.andon.schema.Workload avro) {
        return new Workload(avro.getKind(), orEmpty(avro.getNamespace()), avro.getName());
    }

    static ApiserverLatency latency(LatencySample sample) {
        return new ApiserverLatency(
                sample.time(),
                sample.cluster(),
                sample.instance(),
                sample.verb(),
                orNull(sample.scope()),
                sample.interval().toMillis(),
                Arrays.stream(sample.latency().upperBounds()).boxed().toList(),
                Arrays.stream(sample.latency().counts()).boxed().toList(),
                orNull(sample.latency().sum()),
                orNull(sample.codes()),
                orNull(sample.client()));
    }

    static LatencySample latency(ApiserverLatency avro) {
        Histogram latency = new Histogram(
                avro.getUpperBoundsSeconds().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray(),
                avro.getCounts().stream().mapToLong(Long::longValue).toArray(),
                number(avro.getSumSeconds()));
        return new LatencySample(
                AvroFields.time(avro.getTime()),
                avro.getCluster(),
                avro.getInstance(),
                avro.getVerb(),
                Optional.ofNullable(avro.getScope()),
                Duration.ofMillis(avro.getIntervalMillis()),
                latency,
                orEmpty(avro.getCodes()),
                Optional.ofNullable(avro.getClient()));
    }

    static DnsErrors dns(DnsSample sample) {
        return new DnsErrors(
                sample.time(),
                sample.cluster(),
                sample.server(),
                View.valueOf(sample.view().name()),
                sample.interval().toMillis(),
                sample.responses(),
                orNull(sample.rcodes()),
                sample.timeouts(),
                sample.staleAnswers());
    }

    static DnsSample dns(DnsErrors avro) {
        return new DnsSample(
                AvroFields.time(avro.getTime()),
                avro.getCluster(),
                avro.getServer(),
                known("view", DnsSample.View.class, avro.getView()),
                Duration.ofMillis(avro.getIntervalMillis()),
                avro.getResponses(),
                orEmpty(avro.getRcodes()),
                number(avro.getTimeouts()).orElse(0),
                number(avro.getStaleAnswers()).orElse(0));
    }

    static dev.andon.schema.Measurement measurement(Measurement measurement) {
        return new dev.andon.schema.Measurement(
                measurement.time(),
                measurement.cluster(),
                measurement.series(),
                measurement.value(),
                orNull(measurement.unit()),
                Worse.valueOf(measurement.worse().name()),
                orNull(measurement.workload().map(AvroInputs::workload)));
    }

    static Measurement measurement(dev.andon.schema.Measurement avro) {
        return new Measurement(
                AvroFields.time(avro.getTime()),
                avro.getCluster(),
                avro.getSeries(),
                avro.getValue(),
                orEmpty(avro.getUnit()),
                known("worse", Measurement.Worse.class, avro.getWorse()),
                Optional.ofNullable(avro.getWorkload()).map(AvroInputs::workload));
    }

    static dev.andon.schema.ClusterInfo cluster(ClusterInfo info) {
        return new dev.andon.schema.ClusterInfo(
                info.time(),
                info.cluster(),
                orNull(info.fleet()),
                orNull(info.environment()),
                orNull(info.nodes()),
                orNull(info.dnsCache().map(Duration::toSeconds)));
    }

    static ClusterInfo cluster(dev.andon.schema.ClusterInfo avro) {
        return new ClusterInfo(
                AvroFields.time(avro.getTime()),
                avro.getCluster(),
                Optional.ofNullable(avro.getFleet()),
                Optional.ofNullable(avro.getEnvironment()),
                number(avro.getNodes()),
                Optional.ofNullable(avro.getDnsCacheSeconds()).map(Duration::ofSeconds));
    }
}
