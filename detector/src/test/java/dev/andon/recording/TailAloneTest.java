package dev.andon.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Settings;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A few very slow requests among many: the mean hardly moves, and users wait all the same. */
class TailAloneTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double[] BOUNDS = {0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6};
    private static final int REQUESTS = 500;
    private static final int CHANGE = 60;

    private final Random random = new Random(5);

    @Test
    void isFoundThoughTheMeanMovesTooLittleToMatter() {
        List<Input> inputs = new ArrayList<>();
        for (int tick = 0; tick < CHANGE + 12; tick++) inputs.add(sample(tick, tick < CHANGE ? 0 : 0.06));

        List<ChangePoint> found = Replay.run(inputs, Settings.DEFAULT).changePoints();

        assertThat(found).extracting(point -> point.evidence().series()).containsExactly("apiserver/GET/resource/slow");
        assertThat(found.get(0).evidence().onset()).isBetween(time(CHANGE - 2), time(CHANGE + 1));
    }

    /** @param slow part of the requests that take 100 ms longer */
    private LatencySample sample(int tick, double slow) {
        long[] counts = new long[BOUNDS.length + 1];
        double sum = 0;
        for (int request = 0; request < REQUESTS; request++) {
            double seconds = 0.008 * Math.exp(0.6 * random.nextGaussian()) + (request < slow * REQUESTS ? 0.1 : 0);
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) bucket++;
            counts[bucket]++;
            sum += seconds;
        }
        return new LatencySample(
                time(tick),
                "west",
                "10.0.0.1",
                "GET",
                Optional.of("resource"),
                INTERVAL,
                new Histogram(BOUNDS, counts, OptionalDouble.of(sum)),
                Map.of("200", (long) REQUESTS),
                Optional.empty());
    }

    private static Instant time(int tick) {
        return START.plus(INTERVAL.multipliedBy(tick));
    }
}
