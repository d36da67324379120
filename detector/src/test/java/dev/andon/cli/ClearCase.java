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

/** One rollout, one cluster, and latency that rises a hundredfold with it: a halt that nobody can doubt. */
final class ClearCase {
    static final String GUILTY = "agent-7f3";
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final int CALM_SECONDS = 120;
    private static final int SECONDS = 200;

    private ClearCase() {}

    static List<Input> inputs() {
        Random random = new Random(7);
        List<Input> inputs = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            Instant time = START.plusSeconds(second);
            if (second >= CALM_SECONDS && second < CALM_SECONDS + 50) {
                inputs.add(rollout(time, 20L * (second - CALM_SECONDS + 1)));
            }
            inputs.add(latency(time, second > CALM_SECONDS + 4, random));
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

    private static LatencySample latency(Instant time, boolean hurt, Random random) {
        long requests = 200L + random.nextInt(40);
        long slow = hurt ? requests : 2L + random.nextInt(4);
        long[] counts = hurt ? new long[] {0, 0, requests} : new long[] {requests, slow, 0};
        double sum = hurt ? requests * 1.5 : requests * 0.005 + slow * 0.05;
        return new LatencySample(
                time,
                "prod",
                "10.0.0.4:6443",
                "LIST",
                Optional.of("cluster"),
                Duration.ofSeconds(1),
                new Histogram(new double[] {0.01, 0.1}, counts, OptionalDouble.of(sum)),
                Map.of("200", requests),
                Optional.empty());
    }
}
