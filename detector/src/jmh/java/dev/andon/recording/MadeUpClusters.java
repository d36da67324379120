package dev.andon.recording;

import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Six hours of 20 clusters with samples every 30 s. A cluster has two apiservers with eight kinds of request each, in 20
 * buckets, and two DNS servers; one rollout touches all.
 */
public final class MadeUpClusters {
    /** How often that makes up a month. */
    public static final int PARTS_OF_A_MONTH = 120;

    private static final int CLUSTERS = 20;
    private static final int TICKS = 720;
    private static final int BUCKETS = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final List<String> VERBS =
            List.of("GET", "LIST", "PATCH", "POST", "PUT", "DELETE", "APPLY", "DELETECOLLECTION");

    private final Random random = new Random(7);
    private final List<Input> inputs = new ArrayList<>();
    private final double[] bounds = new double[BUCKETS - 1];
    private final Instant start;

    private MadeUpClusters(Instant start) {
        this.start = start;
        for (int i = 0; i < bounds.length; i++) bounds[i] = 0.005 * Math.pow(1.6, i);
    }

    /** @return inputs of {@code (start, start + 6 h]}, by time */
    public static List<Input> sixHoursFrom(Instant start) {
        MadeUpClusters clusters = new MadeUpClusters(start);
        for (int tick = 1; tick <= TICKS; tick++) {
            for (int cluster = 0; cluster < CLUSTERS; cluster++) clusters.add("prod-" + cluster, tick);
        }
        return clusters.inputs;
    }

    private void add(String cluster, int tick) {
        Instant time = start.plus(INTERVAL.multipliedBy(tick));
        if (tick == 1) inputs.add(info(time, cluster));
        if (tick >= 300 && tick <= 360) inputs.add(rollout(time, cluster, tick - 300));
        for (String instance : List.of("10.0.0.1:6443", "10.0.0.2:6443")) {
            for (int kind = 0; kind < VERBS.size(); kind++) inputs.add(latency(time, cluster, instance, kind));
        }
        for (String server : List.of("coredns-a", "coredns-b")) inputs.add(dns(time, cluster, server));
    }

    private static Input info(Instant time, String cluster) {
        return new ClusterInfo(
                time,
                cluster,
                Optional.of("default"),
                Optional.of("production"),
                OptionalLong.of(500),
                Optional.of(Duration.ofMinutes(5)));
    }

    private static Input rollout(Instant time, String cluster, int step) {
        return new RolloutEvent(
                time,
                "agent-7f3",
                cluster,
                step == 60 ? Phase.COMPLETED : Phase.PROGRESSING,
                new Workload("DaemonSet", "observability", "agent"),
                Optional.empty(),
                Optional.of(new Coverage(500L * step / 60, 500)),
                OptionalLong.of(500),
                Optional.empty(),
                Optional.empty());
    }

    private Input latency(Instant time, String cluster, String instance, int kind) {
        long[] counts = new long[BUCKETS];
        double sum = 0;
        for (int request = 0; request < 200; request++) {
            double seconds = 0.01 * (kind + 1) * Math.exp(0.8 * random.nextGaussian());
            int bucket = 0;
            while (bucket < bounds.length && seconds > bounds[bucket]) bucket++;
            counts[bucket]++;
            sum += seconds;
        }
        return new LatencySample(
                time,
                cluster,
                instance,
                VERBS.get(kind),
                Optional.of("resource"),
                INTERVAL,
                new Histogram(bounds, counts, OptionalDouble.of(sum)),
                Map.of("200", 196L, "404", (long) random.nextInt(4), "429", random.nextInt(30) == 0 ? 1L : 0L),
                Optional.empty());
    }

    private Input dns(Instant time, String cluster, String server) {
        long responses = 5_000L + random.nextInt(300);
        Map<String, Long> rcodes =
                Map.of("NOERROR", responses - 120, "NXDOMAIN", 100L + random.nextInt(15), "SERVFAIL", 1L);
        return new DnsSample(time, cluster, server, DnsSample.View.SERVER, INTERVAL, responses, rcodes, 0, 0);
    }
}
