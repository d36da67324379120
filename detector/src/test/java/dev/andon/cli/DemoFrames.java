package dev.andon.cli;

import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import dev.andon.http.view.FleetView;
import dev.andon.simulate.FleetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A demo in which the telemetry agent was halted in the large cluster and nobody else was. */
final class DemoFrames {
    static final Instant BEGIN = Instant.parse("2026-01-14T22:30:00Z");
    static final String GUILTY = "telemetry-agent-7f3";

    private DemoFrames() {}

    static FleetView view() {
        FleetView view = new FleetView();
        view.accept(latency("staging-60", 0.004, 120));
        view.accept(latency("prod-3000", 2.9, 4_100));
        view.accept(new DnsSample(
                at(41),
                "prod-3000",
                "coredns-a",
                DnsSample.View.SERVER,
                Duration.ofSeconds(1),
                1_000,
                Map.of("NOERROR", 988L, "SERVFAIL", 12L),
                0,
                0));
        for (String rollout : List.of(GUILTY, "web-42")) {
            view.accept(new RolloutEvent(
                    at(30),
                    rollout,
                    "prod-3000",
                    Phase.PROGRESSING,
                    new Workload("DaemonSet", "observability", rollout),
                    Optional.empty(),
                    Optional.of(new Coverage(310, 3_000)),
                    OptionalLong.of(3_000),
                    Optional.empty(),
                    Optional.empty()));
        }
        return view;
    }

    static FleetView halted() {
        FleetView view = view();
        view.accept(change(at(41), "apiserver/LIST/cluster/latency", false));
        view.accept(change(at(41), "apiserver/GET/resource/latency", false));
        view.accept(signal(Action.HALT, at(43)));
        return view;
    }

    static ChangePoint change(Instant time, String series, boolean ended) {
        Evidence evidence = new Evidence(series, Evidence.Kind.SHIFT, 0.075, 2.9, "s", time, 1e-6, 10);
        return new ChangePoint(time, "prod-3000", evidence, time, time, ended);
    }

    static Signal signal(Action action, Instant time) {
        return new Signal(
                time,
                action + "-" + time,
                action,
                Optional.of(GUILTY),
                Optional.of("prod-3000"),
                Optional.of(at(41)),
                OptionalDouble.of(0.97),
                action == Action.CLEAR
                        ? "recovered"
                        : "apiserver LIST (cluster) mean latency rose from 75 ms to 2.9 s (x38) 2 s after " + GUILTY
                                + " reached 310 of 3000 nodes",
                List.of(),
                List.of(),
                Optional.of(new Exposure(310, 3_060, 2)),
                Optional.empty(),
                Optional.empty());
    }

    static FleetStatus status(boolean halted) {
        return new FleetStatus(
                Duration.ofSeconds(47),
                Duration.ofSeconds(85),
                List.of(cluster("staging-60", 60), cluster("prod-3000", 3_000)),
                List.of(
                        new FleetStatus.RolloutStatus(
                                GUILTY,
                                true,
                                new Coverage(370, 3_060),
                                Map.of("prod-3000", halted ? Phase.ABORTED : Phase.PROGRESSING),
                                halted),
                        new FleetStatus.RolloutStatus(
                                "web-42", false, new Coverage(48, 48), Map.of("prod-3000", Phase.COMPLETED), false),
                        new FleetStatus.RolloutStatus(
                                "storage-csi-1c9", false, new Coverage(0, 3_060), Map.of(), false)));
    }

    private static FleetStatus.ClusterStatus cluster(String name, int nodes) {
        return new FleetStatus.ClusterStatus(name, nodes, 0.004, 0.1, 0, 0.4);
    }

    static DemoFrame frame(FleetView view, boolean halted) {
        return new DemoFrame(
                "andon demo: dns-masked-control-plane, seed 42",
                "console http://127.0.0.1:8080   kafka 127.0.0.1:40123",
                BEGIN,
                Duration.ofSeconds(47),
                Duration.ofSeconds(85),
                view.now(),
                status(halted));
    }

    static Instant at(int seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private static LatencySample latency(String cluster, double seconds, long requests) {
        return new LatencySample(
                at(41),
                cluster,
                "10.0.0.4:6443",
                "LIST",
                Optional.of("cluster"),
                Duration.ofSeconds(1),
                new Histogram(
                        new double[] {seconds, 10 * seconds},
                        new long[] {requests, 0, 0},
                        OptionalDouble.of(requests * seconds / 2)),
                Map.of(),
                Optional.empty());
    }
}
