package dev.andon.http.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Evidence;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FleetViewTest {
    private static final Instant T = Instant.parse("2026-01-14T22:30:00Z");

    private final FleetView view = new FleetView();

    @Test
    void addsUpTheCoverageOfAllClusters() {
        view.accept(event(0, "web", "a", Phase.COMPLETED, 10, 10));
        view.accept(event(1, "web", "b", Phase.PROGRESSING, 5, 30));
        RolloutView rollout = view.rollout("web").orElseThrow();
        assertThat(rollout.coverage()).isEqualTo(new Coverage(15, 40));
        assertThat(rollout.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(rollout.firstSeen()).isEqualTo(T);
    }

    @Test
    void ignoresAnEventThatCameLate() {
        view.accept(event(5, "web", "a", Phase.PROGRESSING, 8, 10));
        view.accept(event(3, "web", "a", Phase.PROGRESSING, 4, 10));
        assertThat(view.rollout("web").orElseThrow().coverage()).isEqualTo(new Coverage(8, 10));
    }

    @Test
    void isStoppedAsAWholeWhenItIsStoppedAnywhere() {
        view.accept(event(0, "web", "a", Phase.COMPLETED, 10, 10));
        view.accept(event(1, "web", "b", Phase.ABORTED, 5, 30));
        assertThat(view.rollout("web").orElseThrow().phase()).isEqualTo(Phase.ABORTED);
    }

    @Test
    void showsASignalThatWasReadBeforeItsRollout() {
        view.accept(signal(Action.HALT, 2));
        view.accept(event(0, "web", "a", Phase.PROGRESSING, 5, 10));
        assertThat(view.rollout("web").orElseThrow().standing())
                .map(Signal::action)
                .contains(Action.HALT);
    }

    @Test
    void remembersASignalOnceHoweverOftenItIsRead() {
        view.accept(event(0, "web", "a", Phase.PROGRESSING, 5, 10));
        view.accept(signal(Action.HALT, 2));
        view.accept(signal(Action.HALT, 2));
        assertThat(view.now().signals()).hasSize(1);
        assertThat(view.rollout("web").orElseThrow().signals()).hasSize(1);
    }

    @Test
    void forgetsTheRolloutThatWasSilentLongest() {
        for (int i = 0; i < 2_001; i++) view.accept(event(i, "rollout-" + i, "a", Phase.PROGRESSING, 1, 2));
        assertThat(view.now().rollouts()).hasSize(2_000);
        assertThat(view.rollout("rollout-0")).isEmpty();
        assertThat(view.rollout("rollout-1")).isPresent();
    }

    @Test
    void isHurtUntilEverySeriesIsBackToNormal() {
        view.accept(change("LIST", 1, false));
        view.accept(change("GET", 1, false));
        view.accept(alarm(2));
        view.accept(change("LIST", 5, true));
        assertThat(cluster().hurt()).isTrue();
        assertThat(cluster().alarm()).isPresent();
        view.accept(change("GET", 6, true));
        assertThat(cluster().hurt()).isFalse();
        assertThat(cluster().alarm()).isEmpty();
    }

    @Test
    void showsNoAlarmThatAHaltExplains() {
        view.accept(change("LIST", 1, false));
        view.accept(alarm(2));
        view.accept(signal(Action.HALT, 3));
        assertThat(cluster().hurt()).isTrue();
        assertThat(cluster().alarm()).isEmpty();
    }

    @Test
    void mergesTheSamplesOfAllInstancesAndVerbsOfTheNewestCompleteInterval() {
        view.accept(latency(0, "i1", "LIST", new long[] {90, 0, 0}, 0.45));
        view.accept(latency(0, "i2", "GET", new long[] {0, 10, 0}, 0.5));
        view.accept(latency(0, "i2", "WATCH", new long[] {0, 0, 1_000}, 9_000));
        view.accept(latency(5, "i1", "LIST", new long[] {1, 0, 0}, 0.005));
        LatencyLevel level = cluster().latency().orElseThrow();
        assertThat(level.requestsPerSecond()).isEqualTo(20);
        assertThat(level.meanSeconds()).isCloseTo(0.0095, within(1e-12));
        assertThat(level.p99Seconds()).isCloseTo(0.091, within(1e-9));
    }

    @Test
    void mergesHistogramsOfOtherBuckets() {
        view.accept(latency(0, "i1", "LIST", new long[] {50, 50, 0}, 3));
        view.accept(new LatencySample(
                T,
                "a",
                "i2",
                "LIST",
                Optional.empty(),
                Duration.ofSeconds(5),
                new Histogram(new double[] {0.05, 5}, new long[] {10, 10, 10}, OptionalDouble.empty()),
                Map.of(),
                Optional.empty()));
        LatencyLevel level = cluster().latency().orElseThrow();
        assertThat(level.requestsPerSecond()).isEqualTo(26);
        assertThat(level.p99Seconds()).isEqualTo(0.1);
    }

    @Test
    void tellsTheDnsViewThatFaresWorst() {
        view.accept(dns(DnsSample.View.SERVER, Map.of("NOERROR", 90L, "NXDOMAIN", 10L), 0, 25));
        view.accept(dns(DnsSample.View.PROBE, Map.of("NOERROR", 80L, "SERVFAIL", 20L), 100, 0));
        DnsLevel level = cluster().dns().orElseThrow();
        assertThat(level.errorRatio()).isCloseTo(0.6, within(1e-12));
        assertThat(level.staleRatio()).isCloseTo(0.25, within(1e-12));
        assertThat(level.questionsPerSecond()).isEqualTo(40);
    }

    @Test
    void hasNoLevelWithoutRequests() {
        view.accept(latency(0, "i1", "LIST", new long[] {0, 0, 0}, 0));
        assertThat(cluster().latency()).isEmpty();
    }

    private ClusterView cluster() {
        return view.now().clusters().get(0);
    }

    private static RolloutEvent event(long second, String id, String cluster, Phase phase, long updated, long total) {
        return new RolloutEvent(
                T.plusSeconds(second),
                id,
                cluster,
                phase,
                new Workload("Deployment", "shop", "web"),
                Optional.empty(),
                Optional.of(new Coverage(updated, total)),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static LatencySample latency(long second, String instance, String verb, long[] counts, double sum) {
        return new LatencySample(
                T.plusSeconds(second),
                "a",
                instance,
                verb,
                Optional.empty(),
                Duration.ofSeconds(5),
                new Histogram(new double[] {0.01, 0.1}, counts, OptionalDouble.of(sum)),
                Map.of(),
                Optional.empty());
    }

    private static DnsSample dns(DnsSample.View from, Map<String, Long> rcodes, long timeouts, long stale) {
        return new DnsSample(T, "a", "server", from, Duration.ofSeconds(5), 100, rcodes, timeouts, stale);
    }

    private static ChangePoint change(String verb, long second, boolean ended) {
        Instant time = T.plusSeconds(second);
        Evidence evidence =
                new Evidence("apiserver/" + verb + "/latency", Evidence.Kind.SHIFT, 0.1, 1, "s", time, 1e-6, 5);
        return new ChangePoint(time, "a", evidence, time, time, ended);
    }

    private static Signal alarm(long second) {
        return signal(Action.ALARM, second, Optional.empty());
    }

    private static Signal signal(Action action, long second) {
        return signal(action, second, Optional.of("web"));
    }

    private static Signal signal(Action action, long second, Optional<String> rolloutId) {
        return new Signal(
                T.plusSeconds(second),
                action + "-" + second,
                action,
                rolloutId,
                Optional.of("a"),
                Optional.empty(),
                OptionalDouble.empty(),
                "because",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
