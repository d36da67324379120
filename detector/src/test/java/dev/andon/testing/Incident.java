package dev.andon.testing;

import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import dev.andon.simulate.Scenario;
import dev.andon.simulate.ScenarioPlayer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The plainest case there is: a calm cluster, a rollout, and latency that follows it step by step. What the decision makes
 * of harder cases is tested elsewhere.
 */
public final class Incident {
    public static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int CALM_TICKS = 40;
    private static final int HURT_TICKS = 12;
    /** By then whoever obeys a HALT has stopped, so that it need not be said again. */
    private static final int STEPS_UNTIL_OBEYED = 6;

    private static final int NODES = 300;
    private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 1, 5, 60};

    private final String cluster;
    private final String rolloutId;
    private final Optional<String> fleet;
    private final Instant start;

    private Incident(String cluster, String rolloutId, Optional<String> fleet, Instant start) {
        this.cluster = cluster;
        this.rolloutId = rolloutId;
        this.fleet = fleet;
        this.start = start;
    }

    /** @return inputs by time: calm, then {@code rolloutId} hurts {@code cluster} until the end */
    public static List<Input> in(String cluster, String rolloutId, Instant start) {
        return new Incident(cluster, rolloutId, Optional.empty(), start).inputs();
    }

    public static List<Input> in(String cluster, String rolloutId, String fleet, Instant start) {
        return new Incident(cluster, rolloutId, Optional.of(fleet), start).inputs();
    }

    /**
     * Puts the plain case, in a cluster and a fleet of its own, into a scenario, so that there is something to say
     * whatever is made of the scenario.
     *
     * @return inputs by time
     */
    public static List<Input> amid(Scenario scenario) {
        List<Input> all = new ArrayList<>(ScenarioPlayer.play(scenario).inputs());
        all.addAll(in("plain", "plain-agent", "plain-fleet", scenario.start()));
        all.sort(Comparator.comparing(Input::time));
        return all;
    }

    /** How long it takes. */
    public static Duration length() {
        return INTERVAL.multipliedBy(CALM_TICKS + HURT_TICKS);
    }

    private List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new ClusterInfo(
                start, cluster, fleet, Optional.of("production"), OptionalLong.of(NODES), Optional.empty()));
        for (int tick = 1; tick <= CALM_TICKS + HURT_TICKS; tick++) {
            int step = Math.max(0, tick - CALM_TICKS);
            int widened = Math.min(step, STEPS_UNTIL_OBEYED);
            Instant time = start.plus(INTERVAL.multipliedBy(tick));
            if (step > 0) inputs.add(rollout(time.minusSeconds(4), Math.min(NODES, 25 * widened)));
            double factor = 1 + 3.0 * widened;
            inputs.add(latency(time, "LIST", 0.05 * factor * noise(tick)));
            inputs.add(latency(time, "GET", 0.008 * factor * noise(tick + 3)));
            inputs.add(dns(time, tick));
        }
        return inputs;
    }

    /** Between 0.97 and 1.03, the same in every run. */
    private static double noise(int tick) {
        return 1 + 0.03 * Math.sin(tick * 2.4);
    }

    private RolloutEvent rollout(Instant time, int updated) {
        return new RolloutEvent(
                time,
                rolloutId,
                cluster,
                Phase.PROGRESSING,
                new Workload("DaemonSet", "observability", "agent"),
                Optional.of("sha256:7f3"),
                Optional.of(new Coverage(updated, NODES)),
                OptionalLong.of(NODES),
                Optional.of("system:serviceaccount:observability:agent"),
                Optional.empty());
    }

    private LatencySample latency(Instant time, String verb, double meanSeconds) {
        int requests = 400;
        long[] counts = new long[BOUNDS.length + 1];
        int bucket = 0;
        while (bucket < BOUNDS.length && BOUNDS[bucket] < meanSeconds) bucket++;
        counts[bucket] = requests;
        Histogram histogram = new Histogram(BOUNDS, counts, OptionalDouble.of(meanSeconds * requests));
        return new LatencySample(
                time,
                cluster,
                "10.0.0.4:6443",
                verb,
                Optional.of("cluster"),
                INTERVAL,
                histogram,
                Map.of("200", (long) requests),
                Optional.empty());
    }

    private DnsSample dns(Instant time, int tick) {
        Map<String, Long> rcodes = Map.of("NOERROR", 990L + tick % 5, "NXDOMAIN", 10L - tick % 5);
        return new DnsSample(time, cluster, "coredns-1", DnsSample.View.SERVER, INTERVAL, 1000, rcodes, 0, 0);
    }
}
