package dev.andon.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.detect.DetectSettings;
import dev.andon.detect.LevelDetector;
import dev.andon.detect.LevelState;
import dev.andon.detect.SeriesKind;
import dev.andon.detect.ShareDetector;
import dev.andon.detect.ShareState;
import dev.andon.detect.Tick;
import dev.andon.stats.LogRatio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Draws the pictures of {@code docs/math.md}, with the code that they explain. */
class Pictures {
    private static final Path FOLDER = Path.of(System.getProperty("andon.quality.folder", "../docs"), "images");
    private static final DetectSettings SETTINGS = DetectSettings.forBudget(0.001);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double REQUESTS = 500;

    @Test
    void areDrawn() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("log-ratio.svg"), logRatio());
        Files.writeString(FOLDER.resolve("shift.svg"), shift());
        Files.writeString(FOLDER.resolve("share.svg"), share());
        assertThat(FOLDER).isNotEmptyDirectory();
    }

    private static String logRatio() {
        double[] z = IntStream.rangeClosed(-20, 70).mapToDouble(i -> i / 10.0).toArray();
        Plot plot = new Plot("z, standard deviations", "nats", -2, 7, -10, 10);
        for (double shift : new double[] {1.5, 3, 6}) {
            plot.line("shift " + shift, z, each(z, x -> LogRatio.studentT(x, shift, 8)));
        }
        return plot.level(0).svg();
    }

    /** Evidence of a doubled latency, and that of a spike of one tick. */
    private static String shift() {
        LevelDetector detector = new LevelDetector(SeriesKind.LATENCY, SETTINGS);
        LevelState state = LevelState.EMPTY;
        Random random = new Random(3);
        double[] ticks = IntStream.range(0, 160).asDoubleStream().toArray();
        double[] millis = new double[ticks.length];
        double[] evidence = new double[ticks.length];
        for (int i = 0; i < ticks.length; i++) {
            double level = i == 60 ? Math.log(0.2) : i >= 120 ? Math.log(0.04) : Math.log(0.02);
            double value = level + 0.12 * random.nextGaussian();
            LevelDetector.Step step = detector.step(state, tick(i, value, 50));
            state = step.next();
            millis[i] = 1e3 * Math.exp(value);
            evidence[i] = step.finding().evidence();
        }
        return new Plot("tick", "ms, nats", 0, 160, 0, 60)
                .line("mean latency, ms", ticks, millis)
                .line("evidence, nats", ticks, evidence)
                .level(SETTINGS.evidenceNeeded())
                .svg();
    }

    private static String share() {
        ShareDetector detector = new ShareDetector(SeriesKind.ERRORS, SETTINGS);
        ShareState state = ShareState.EMPTY;
        for (int i = 0; i < 100; i++) {
            state = detector.step(state, tick(i, i % 2, REQUESTS)).next();
        }
        ShareState settled = state;
        double[] events = IntStream.rangeClosed(0, 40).asDoubleStream().toArray();
        return new Plot("events in 500 requests", "nats", 0, 40, 0, 10)
                .line("evidence", events, each(events, x -> detector.step(settled, tick(100, x, REQUESTS))
                        .finding()
                        .evidence()))
                .svg();
    }

    private static Tick tick(int number, double value, double weight) {
        return new Tick(Instant.EPOCH.plus(INTERVAL.multipliedBy(number + 1L)), INTERVAL, value, weight);
    }

    private static double[] each(double[] values, DoubleUnaryOperator what) {
        return Arrays.stream(values).map(what).toArray();
    }
}
