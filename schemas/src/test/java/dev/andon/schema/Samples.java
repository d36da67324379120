package dev.andon.schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** One record of every kind with every field set, so that no field goes untested. */
final class Samples {
    private static final Instant TIME = Instant.parse("2024-12-11T22:51:05Z");

    private Samples() {}

    static List<SpecificRecord> all() {
        return List.of(
                rollout(), latency(), dns(), measurement(), cluster(), changePoint(), signal(), override(), delivery());
    }

    static SpecificRecord of(String record) {
        return all().stream()
                .filter(sample -> sample.getSchema().getName().equals(record))
                .findAny()
                .orElseThrow(() -> new AssertionError("add a sample of " + record + " to Samples"));
    }

    static RolloutEvent rollout() {
        return RolloutEvent.newBuilder()
                .setTime(TIME)
                .setRolloutId("telemetry-agent-7f3")
                .setCluster("prod-west-3")
                .setPhase(Phase.PROGRESSING)
                .setWorkload(workload())
                .setRevision("sha256:7f3")
                .setUpdated(1200L)
                .setTotal(3000L)
                .setClusterNodes(3000L)
                .setIdentity("system:serviceaccount:observability:telemetry-agent")
                .setController(new Controller("argo-rollouts", "observability/telemetry-agent"))
                .build();
    }

    static ApiserverLatency latency() {
        return ApiserverLatency.newBuilder()
                .setTime(TIME)
                .setCluster("prod-west-3")
                .setInstance("10.0.0.4:6443")
                .setVerb("LIST")
                .setScope("cluster")
                .setIntervalMillis(5000)
                .setUpperBoundsSeconds(List.of(0.005, 0.025, 60.0))
                .setCounts(List.of(410L, 95L, 20L, 3_000_000_000L))
                .setSumSeconds(9.1)
                .setCodes(new TreeMap<>(Map.of("200", 528L, "429", 2L)))
                .setClient("system:serviceaccount:observability:telemetry-agent")
                .build();
    }

    static DnsErrors dns() {
        return DnsErrors.newBuilder()
                .setTime(TIME)
                .setCluster("prod-west-3")
                .setServer("coredns-7d4f")
                .setView(View.SERVER)
                .setIntervalMillis(5000)
                .setResponses(5120)
                .setRcodes(new TreeMap<>(Map.of("NOERROR", 5000L, "SERVFAIL", 20L)))
                .setTimeouts(7L)
                .setStaleAnswers(1L)
                .build();
    }

    static Measurement measurement() {
        return Measurement.newBuilder()
                .setTime(TIME)
                .setCluster("prod-west-3")
                .setSeries("checkout/latency_p99")
                .setValue(0.212)
                .setUnit("s")
                .setWorse(Worse.HIGHER)
                .setWorkload(workload())
                .build();
    }

    static ClusterInfo cluster() {
        return ClusterInfo.newBuilder()
                .setTime(TIME)
                .setCluster("prod-west-3")
                .setFleet("default")
                .setEnvironment("production")
                .setNodes(3000L)
                .setDnsCacheSeconds(1200L)
                .build();
    }

    static ChangePoint changePoint() {
        return ChangePoint.newBuilder()
                .setTime(TIME.plusSeconds(10))
                .setCluster("prod-west-3")
                .setSeries("apiserver/LIST/latency")
                .setKind(EvidenceKind.SHIFT)
                .setOnset(TIME)
                .setOnsetEarliest(TIME.minusSeconds(5))
                .setOnsetLatest(TIME.plusSeconds(5))
                .setBefore(0.21)
                .setAfter(4.8)
                .setUnit("s")
                .setFalseAlarmProbability(1e-6)
                .setSamples(2)
                .setEnded(true)
                .build();
    }

    static Signal signal() {
        return Signal.newBuilder()
                .setTime(TIME.plusSeconds(10))
                .setSignalId("9f0c")
                .setAction(Action.HALT)
                .setRolloutId("telemetry-agent-7f3")
                .setCluster("prod-west-3")
                .setOnset(TIME)
                .setProbability(0.97)
                .setUntil(TIME.plusSeconds(1200))
                .setReason("LIST latency p99 rose from 0.21 s to 4.8 s")
                .setEvidence(List.of(
                        new Evidence("apiserver/LIST/latency", EvidenceKind.SHIFT, 0.21, 4.8, "s", TIME, 1e-6, 2L)))
                .setCandidates(List.of(
                        new Candidate("telemetry-agent-7f3", 0.97, false, null),
                        new Candidate("web-42", 0.02, true, "finished 41 min before the onset")))
                .setExposure(new Exposure(310L, 3000L, 1L))
                .setExpires(TIME.plusSeconds(600))
                .setMode(Mode.OBSERVE)
                .build();
    }

    static OperatorOverride override() {
        return OperatorOverride.newBuilder()
                .setTime(TIME)
                .setRolloutId("telemetry-agent-7f3")
                .setCluster("prod-west-3")
                .setDecision(OverrideDecision.ALLOW)
                .setActor("ada")
                .setReason("known slow start")
                .setExpires(TIME.plusSeconds(3600))
                .build();
    }

    static Delivery delivery() {
        return Delivery.newBuilder()
                .setTime(TIME.plusSeconds(11))
                .setSignalId("9f0c")
                .setRolloutId("telemetry-agent-7f3")
                .setSink("cd-webhook")
                .setTarget("https://cd.example.com")
                .setStatus(DeliveryStatus.FAILED)
                .setAttempt(2)
                .setHttpStatus(503)
                .setLatencyMillis(48L)
                .setDetail("503 from the receiver")
                .setRetryAt(TIME.plusSeconds(13))
                .build();
    }

    private static Workload workload() {
        return new Workload("DaemonSet", "observability", "telemetry-agent");
    }
}
