package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Delivery;
import dev.andon.domain.DnsSample;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AvroRoundTripTest {
    @Property(tries = 60)
    void keepsRollouts(@ForAll("rollouts") RolloutEvent value) {
        keeps(AvroCodec.ROLLOUTS, value);
    }

    @Property(tries = 60)
    void keepsLatencies(@ForAll("latencies") LatencySample value) {
        keeps(AvroCodec.APISERVER_LATENCY, value);
    }

    @Property(tries = 60)
    void keepsDnsAnswers(@ForAll("dns") DnsSample value) {
        keeps(AvroCodec.DNS_ERRORS, value);
    }

    @Property(tries = 60)
    void keepsMeasurements(@ForAll("measurements") Measurement value) {
        keeps(AvroCodec.MEASUREMENTS, value);
    }

    @Property(tries = 60)
    void keepsClusterInfos(@ForAll("clusterInfos") ClusterInfo value) {
        keeps(AvroCodec.CLUSTERS, value);
    }

    @Property(tries = 60)
    void keepsChangePoints(@ForAll("changePoints") ChangePoint value) {
        keeps(AvroCodec.CHANGE_POINTS, value);
    }

    @Property(tries = 60)
    void keepsSignalsInEitherMode(@ForAll("signals") Signal value) {
        keeps(AvroCodec.SIGNALS, value);
        keeps(AvroCodec.SIGNALS, value.in(Mode.OBSERVE));
    }

    @Property(tries = 60)
    void keepsOverridesWithAndWithoutAnEnd(@ForAll("overrides") OperatorOverride value) {
        keeps(AvroCodec.OVERRIDES, value);
    }

    @Property(tries = 60)
    void keepsDeliveries(@ForAll("deliveries") Delivery value) {
        keeps(AvroCodec.DELIVERIES, value);
    }

    private static <T> void keeps(AvroCodec<T> codec, T value) {
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Provide
    Arbitrary<RolloutEvent> rollouts() {
        return DomainValues.rollouts();
    }

    @Provide
    Arbitrary<LatencySample> latencies() {
        return DomainValues.latencies();
    }

    @Provide
    Arbitrary<DnsSample> dns() {
        return DomainValues.dns();
    }

    @Provide
    Arbitrary<Measurement> measurements() {
        return DomainValues.measurements();
    }

    @Provide
    Arbitrary<ClusterInfo> clusterInfos() {
        return DomainValues.clusterInfos();
    }

    @Provide
    Arbitrary<ChangePoint> changePoints() {
        return DomainValues.changePoints();
    }

    @Provide
    Arbitrary<Signal> signals() {
        return DomainValues.signals();
    }

    @Provide
    Arbitrary<OperatorOverride> overrides() {
        return DomainValues.overrides();
    }

    @Provide
    Arbitrary<Delivery> deliveries() {
        return DomainValues.deliveries();
    }
}
