package dev.andon.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.andon.domain.InvalidInput;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RejectReason;
import dev.andon.schema.Action;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.Candidate;
import dev.andon.schema.ChangePoint;
import dev.andon.schema.ClusterInfo;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.EvidenceKind;
import dev.andon.schema.Measurement;
import dev.andon.schema.Mode;
import dev.andon.schema.OverrideDecision;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.View;
import dev.andon.schema.Workload;
import dev.andon.schema.Worse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AvroRejectionTest {
    private static final Instant TIME = Instant.parse("2024-12-11T22:51:05Z");

    @Test
    void refusesForeignBytesAndKeepsTheReason() {
        byte[] json = "{\"time\":1}".getBytes(StandardCharsets.UTF_8);
        InvalidInput refused = refusal(AvroCodec.ROLLOUTS, json);
        assertThat(refused.reason()).isEqualTo(RejectReason.UNREADABLE);
        assertThat(refused)
                .hasMessageContaining("begin with 7B 22 instead of C3 01")
                .hasRootCauseMessage(refused.getMessage());
    }

    @Test
    void refusesAFingerprintThatNoVersionWrote() {
        byte[] bytes = encoded(rollout().build());
        bytes[3] ^= 1;
        assertThat(refusal(AvroCodec.ROLLOUTS, bytes))
                .hasMessageContaining("which this version does not know: upgrade this program");
    }

    @Test
    void refusesARecordOfAnotherTopic() {
        assertThat(refusal(AvroCodec.ROLLOUTS, encoded(dns().build())))
                .hasMessageContaining("the value is a DnsErrors")
                .extracting(InvalidInput::reason)
                .isEqualTo(RejectReason.UNREADABLE);
    }

    @Test
    void refusesATruncatedValue() {
        byte[] bytes = encoded(rollout().build());
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 3);
        assertThat(refusal(AvroCodec.ROLLOUTS, cut).reason()).isEqualTo(RejectReason.UNREADABLE);
    }

    @Test
    void refusesAPhaseThatThisVersionDoesNotKnow() {
        InvalidInput refused = refusal(
                AvroCodec.ROLLOUTS, encoded(rollout().setPhase(Phase.UNKNOWN).build()));
        assertThat(refused.reason()).isEqualTo(RejectReason.OUT_OF_RANGE);
        assertThat(refused)
                .hasMessage(
                        "phase must be one of [STARTED, PROGRESSING, PAUSED, COMPLETED, ABORTED, ROLLED_BACK] but was"
                                + " UNKNOWN, which is also how a value of a newer version is read: upgrade the reader");
    }

    @Test
    void refusesEveryOtherUnknownSymbol() {
        refuses(AvroCodec.DNS_ERRORS, dns().setView(View.UNKNOWN).build(), RejectReason.OUT_OF_RANGE, "view");
        refuses(
                AvroCodec.MEASUREMENTS,
                measurement().setWorse(Worse.UNKNOWN).build(),
                RejectReason.OUT_OF_RANGE,
                "worse");
        refuses(
                AvroCodec.OVERRIDES,
                override().setDecision(OverrideDecision.UNKNOWN).build(),
                RejectReason.OUT_OF_RANGE,
                "decision");
        refuses(AvroCodec.SIGNALS, signal().setAction(Action.UNKNOWN).build(), RejectReason.OUT_OF_RANGE, "action");
        refuses(
                AvroCodec.CHANGE_POINTS,
                changePoint().setKind(EvidenceKind.UNKNOWN).build(),
                RejectReason.OUT_OF_RANGE,
                "kind");
        refuses(
                AvroCodec.DELIVERIES,
                delivery().setStatus(DeliveryStatus.UNKNOWN).build(),
                RejectReason.OUT_OF_RANGE,
                "status");
    }

    @Test
    void refusesEmptyNames() {
        refuses(AvroCodec.ROLLOUTS, rollout().setRolloutId("").build(), RejectReason.MISSING_FIELD, "rolloutId");
        refuses(AvroCodec.ROLLOUTS, rollout().setCluster(" ").build(), RejectReason.MISSING_FIELD, "cluster");
        refuses(AvroCodec.APISERVER_LATENCY, latency().setVerb("").build(), RejectReason.MISSING_FIELD, "verb");
        refuses(AvroCodec.DNS_ERRORS, dns().setServer("").build(), RejectReason.MISSING_FIELD, "server");
        refuses(AvroCodec.OVERRIDES, override().setActor("").build(), RejectReason.MISSING_FIELD, "actor");
        refuses(AvroCodec.DELIVERIES, delivery().setSink("").build(), RejectReason.MISSING_FIELD, "sink");
    }

    @Test
    void refusesTimesThatNoRecordCanCarry() {
        Instant before = Instant.parse("1969-12-31T23:59:59Z");
        refuses(AvroCodec.ROLLOUTS, rollout().setTime(before).build(), RejectReason.OUT_OF_RANGE, "time");
        refuses(AvroCodec.APISERVER_LATENCY, latency().setTime(before).build(), RejectReason.OUT_OF_RANGE, "time");
        refuses(AvroCodec.DNS_ERRORS, dns().setTime(before).build(), RejectReason.OUT_OF_RANGE, "time");
        refuses(AvroCodec.MEASUREMENTS, measurement().setTime(before).build(), RejectReason.OUT_OF_RANGE, "time");
        refuses(AvroCodec.CLUSTERS, cluster().setTime(before).build(), RejectReason.OUT_OF_RANGE, "time");
        refuses(AvroCodec.OVERRIDES, override().setTime(before).build(), RejectReason.OUT_OF_RANGE, "time");
    }

    @Test
    void refusesNumbersThatAreNoneOrOutOfRange() {
        refuses(AvroCodec.MEASUREMENTS, measurement().setValue(Double.NaN).build(), RejectReason.NOT_FINITE, "value");
        refuses(
                AvroCodec.APISERVER_LATENCY,
                latency().setIntervalMillis(0).build(),
                RejectReason.OUT_OF_RANGE,
                "intervalMillis");
        refuses(AvroCodec.DNS_ERRORS, dns().setTimeouts(-1L).build(), RejectReason.OUT_OF_RANGE, "timeouts");
        refuses(AvroCodec.CLUSTERS, cluster().setNodes(-5L).build(), RejectReason.OUT_OF_RANGE, "nodes");
        refuses(AvroCodec.ROLLOUTS, rollout().setUpdated(-1L).build(), RejectReason.OUT_OF_RANGE, "updated");
        Candidate certain = new Candidate("r", 1.5, false, null);
        refuses(
                AvroCodec.SIGNALS,
                signal().setCandidates(List.of(certain)).build(),
                RejectReason.OUT_OF_RANGE,
                "probability");
        refuses(
                AvroCodec.CHANGE_POINTS,
                changePoint().setFalseAlarmProbability(2.0).build(),
                RejectReason.OUT_OF_RANGE,
                "falseAlarmProbability");
    }

    @Test
    void refusesPartsThatDoNotFitTogether() {
        refuses(
                AvroCodec.APISERVER_LATENCY,
                latency().setCounts(List.of(1L)).build(),
                RejectReason.INCONSISTENT,
                "counts");
        refuses(
                AvroCodec.APISERVER_LATENCY,
                latency()
                        .setUpperBoundsSeconds(List.of(1.0, 0.5))
                        .setCounts(List.of(1L, 2L, 3L))
                        .build(),
                RejectReason.INCONSISTENT,
                "upperBoundsSeconds");
        refuses(
                AvroCodec.DNS_ERRORS,
                dns().setRcodes(Map.of("SERVFAIL", 6L)).build(),
                RejectReason.INCONSISTENT,
                "rcodes");
    }

    @Test
    void readsAnOverrideWithoutAnEndAsStandingForEver() {
        OperatorOverride read =
                AvroCodec.OVERRIDES.decode(encoded(override().setExpires(null).build()));
        assertThat(read.expires()).isEqualTo(Instant.MAX);
    }

    @Test
    void readsACoverageOnlyWhereTheUpdatedPlacesAreKnown() {
        var totalOnly = rollout().setUpdated(null).setTotal(3000L).build();
        assertThat(AvroCodec.ROLLOUTS.decode(encoded(totalOnly)).coverage()).isEqualTo(Optional.empty());
    }

    private static void refuses(AvroCodec<?> codec, SpecificRecord record, RejectReason reason, String field) {
        InvalidInput refused = refusal(codec, encoded(record));
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
        assertThat(refused).hasMessageContaining(field);
    }

    private static InvalidInput refusal(AvroCodec<?> codec, byte[] bytes) {
        return catchThrowableOfType(InvalidInput.class, () -> codec.decode(bytes));
    }

    @SuppressWarnings("unchecked") // a record's own class is what its serde is made from
    private static byte[] encoded(SpecificRecord record) {
        return new SingleObjectSerde<>((Class<SpecificRecord>) record.getClass()).encode(record);
    }

    private static RolloutEvent.Builder rollout() {
        return RolloutEvent.newBuilder()
                .setTime(TIME)
                .setRolloutId("agent-7f3")
                .setCluster("west")
                .setPhase(Phase.PROGRESSING)
                .setWorkload(new Workload("DaemonSet", "observability", "agent"));
    }

    private static ApiserverLatency.Builder latency() {
        return ApiserverLatency.newBuilder()
                .setTime(TIME)
                .setCluster("west")
                .setInstance("10.0.0.4:6443")
                .setVerb("LIST")
                .setIntervalMillis(5000)
                .setUpperBoundsSeconds(List.of(0.1))
                .setCounts(List.of(1L, 2L));
    }

    private static DnsErrors.Builder dns() {
        return DnsErrors.newBuilder()
                .setTime(TIME)
                .setCluster("west")
                .setServer("coredns-1")
                .setView(View.SERVER)
                .setIntervalMillis(5000)
                .setResponses(5);
    }

    private static Measurement.Builder measurement() {
        return Measurement.newBuilder()
                .setTime(TIME)
                .setCluster("west")
                .setSeries("checkout/latency_p99")
                .setValue(0.2)
                .setWorse(Worse.HIGHER);
    }

    private static ClusterInfo.Builder cluster() {
        return ClusterInfo.newBuilder().setTime(TIME).setCluster("west");
    }

    private static dev.andon.schema.OperatorOverride.Builder override() {
        return dev.andon.schema.OperatorOverride.newBuilder()
                .setTime(TIME)
                .setRolloutId("agent-7f3")
                .setDecision(OverrideDecision.ALLOW)
                .setActor("ada");
    }

    private static Signal.Builder signal() {
        return Signal.newBuilder()
                .setTime(TIME)
                .setSignalId("s1")
                .setAction(Action.HALT)
                .setReason("latency rose")
                .setMode(Mode.ENFORCE);
    }

    private static ChangePoint.Builder changePoint() {
        return ChangePoint.newBuilder()
                .setTime(TIME)
                .setCluster("west")
                .setSeries("apiserver/LIST/latency")
                .setKind(EvidenceKind.SHIFT)
                .setOnset(TIME)
                .setSamples(3);
    }

    private static Delivery.Builder delivery() {
        return Delivery.newBuilder()
                .setTime(TIME)
                .setSignalId("s1")
                .setSink("webhook")
                .setTarget("https://cd.example")
                .setStatus(DeliveryStatus.SENT)
                .setAttempt(1);
    }
}
