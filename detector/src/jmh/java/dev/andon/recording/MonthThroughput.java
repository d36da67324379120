package dev.andon.recording;

import dev.andon.decide.Settings;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Coverage;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/**
 * How long a month of 20 clusters with samples every 30 s takes here: six hours of it, as {@code andon backtest} works on at
 * once, are made up, written as a recording, and read and replayed again and again; the median is told for the whole month.
 *
 * <p>A cluster has two apiservers with eight kinds of request each, in 20 buckets, and two DNS servers; one rollout touches
 * all. Arguments: rounds (default 15) and the folder to write to, which must not exist.
 */
public final class MonthThroughput {
    private static final int CLUSTERS = 20;
    private static final int TICKS = 720;
    private static final int PARTS_OF_A_MONTH = 120;
    private static final int BUCKETS = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> VERBS =
            List.of("GET", "LIST", "PATCH", "POST", "PUT", "DELETE", "APPLY", "DELETECOLLECTION");

    private final Random random = new Random(7);
    private final List<Input> inputs = new ArrayList<>();
    private final double[] bounds = new double[BUCKETS - 1];

    private MonthThroughput() {
        for (int i = 0; i < bounds.length; i++) bounds[i] = 0.005 * Math.pow(1.6, i);
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        Path folder = Path.of(arguments.length > 1 ? arguments[1] : "target/month").resolve("six-hours");
        int count = new MonthThroughput().writeTo(folder);
        double[] read = new double[rounds];
        double[] replayed = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            Recording recording = new RecordingReader(System.out::println).read(folder);
            long between = System.nanoTime();
            Replay.run(recording.inputs(), Settings.DEFAULT);
            read[i] = (between - start) / 1e9;
            replayed[i] = (System.nanoTime() - between) / 1e9;
        }
        tell("read", read, count);
        tell("replay", replayed, count);
    }

    private static void tell(String what, double[] seconds, int inputs) {
        Arrays.sort(seconds);
        double median = seconds[seconds.length / 2];
        System.out.printf(
                "%-6s median %.1f us per input, fastest %.1f us; a month of %,d inputs: %.0f s, at best %.0f s%n",
                what,
                median / inputs * 1e6,
                seconds[0] / inputs * 1e6,
                inputs * PARTS_OF_A_MONTH,
                median * PARTS_OF_A_MONTH,
                seconds[0] * PARTS_OF_A_MONTH);
    }

    private int writeTo(Path folder) throws IOException {
        for (int tick = 1; tick <= TICKS; tick++) {
            for (int cluster = 0; cluster < CLUSTERS; cluster++) add("prod-" + cluster, tick);
        }
        try (RecordingWriter writer = RecordingWriter.create(folder)) {
            for (Input input : inputs) writer.write(input);
        }
        folder.toFile().deleteOnExit();
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        }
        return inputs.size();
    }

    private void add(String cluster, int tick) {
        Instant time = START.plus(INTERVAL.multipliedBy(tick));
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
