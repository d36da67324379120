package dev.andon.cli;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Coverage;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/** One rollout, one cluster with a long calm past, and latency that rises with coverage: a halt that nobody can doubt. */
final class ClearCase {
    static final String GUILTY = "agent-7f3";
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final int INTERVAL_SECONDS = 5;
    private static final int CALM_TICKS = 180;
    private static final int ROLLOUT_TICKS = 60;
    private static final int TICKS = 270;

    private ClearCase() {}

    static List<Input> inputs() {
        Random random = new Random(7);
        List<Input> inputs = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            Instant time = START.plusSeconds((long) tick * INTERVAL_SECONDS);
            double coverage = Math.min(1, Math.max(0, (tick - CALM_TICKS + 1) / (double) ROLLOUT_TICKS));
            if (coverage > 0 && tick < CALM_TICKS + ROLLOUT_TICKS) {
                inputs.add(rollout(time, Math.round(1_000 * coverage)));
            }
            inputs.add(latency(time, 0.005 + 0.5 * coverage, random));
        }
        return inputs;
    }

    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonCodec codec = new JsonCodec(field -> {});
        for (InputKind kind : List.of(InputKind.ROLLOUTS, InputKind.APISERVER_LATENCY)) {
            Files.write(
                    folder.resolve(kind.stream() + ".jsonl"),
                    inputs().stream()
                            .filter(input -> InputKind.of(input) == kind)
                            .map(codec::write)
                            .toList());
        }
        return folder;
    }

    private static RolloutEvent rollout(Instant time, long updated) {
        return new RolloutEvent(
                time,
                GUILTY,
                "prod",
                Phase.PROGRESSING,
                new Workload("DaemonSet", "observability", "agent"),
                Optional.empty(),
                Optional.of(new Coverage(updated, 1_000)),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** @param mean seconds */
    private static LatencySample latency(Instant time, double mean, Random random) {
        long requests = 1_000L + random.nextInt(100);
        double noisy = mean * Math.exp(0.05 * random.nextGaussian());
        return new LatencySample(
                time,
                "prod",
                "10.0.0.4:6443",
                "LIST",
                Optional.of("cluster"),
                Duration.ofSeconds(INTERVAL_SECONDS),
                new Histogram(new double[] {0.01, 1}, new long[] {0, requests, 0}, OptionalDouble.of(requests * noisy)),
                Map.of("200", requests),
                Optional.empty());
    }
}
