package dev.andon.detect;

import com.amazon.randomcutforest.RandomCutForest;
import dev.andon.codec.StateCodec;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import moa.classifiers.core.driftdetection.ADWIN;
import moa.classifiers.core.driftdetection.CusumDM;
import moa.classifiers.core.driftdetection.PageHinkleyDM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one more sample of one series costs. The test alone, as peers are measured too, and the whole way of a histogram of 20
 * buckets from the sample to what the series says. Streams are Gaussian and never change, as most are most of the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SeriesBenchmark {
    private static final int VALUES = 4_096;
    private static final int BUCKETS = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final double TOTAL = 500;

    private final DetectSettings settings = DetectSettings.forBudget(0.001);
    private final LevelDetector numbers = new LevelDetector(SeriesKind.NUMBER_HIGHER, settings);
    private final ShareDetector shares = new ShareDetector(SeriesKind.ERRORS, settings);
    private final Series series = new Series(settings);
    private final SeriesNames names = new SeriesNames();

    private final double[] values = new double[VALUES];
    private final double[] counts = new double[VALUES];
    private final Histogram[] histograms = new Histogram[64];
    private int next;
    private Instant time = Instant.parse("2026-01-01T00:00:00Z");
    private LevelState level = LevelState.EMPTY;
    private ShareState share = ShareState.EMPTY;
    private SeriesState latency = SeriesState.unknown(SeriesKind.LATENCY, "s");
    private final CusumDM cusum = new CusumDM();
    private final PageHinkleyDM pageHinkley = new PageHinkleyDM();
    private final ADWIN adwin = new ADWIN(0.002);
    private final RandomCutForest forest = RandomCutForest.builder()
            .dimensions(8)
            .shingleSize(8)
            .internalShinglingEnabled(true)
            .numberOfTrees(50)
            .randomSeed(1)
            .build();
    private final float[] point = new float[1];

    @Setup
    public void draw() {
        Random random = new Random(1);
        for (int i = 0; i < VALUES; i++) {
            values[i] = 100 + 3 * random.nextGaussian();
            counts[i] = Math.max(0, Math.rint(5 + 2 * random.nextGaussian()));
        }
        double[] bounds = new double[BUCKETS - 1];
        for (int i = 0; i < bounds.length; i++) bounds[i] = 0.001 * Math.pow(1.6, i);
        for (int i = 0; i < histograms.length; i++) {
            long[] perBucket = new long[BUCKETS];
            double sum = 0;
            for (int request = 0; request < 200; request++) {
                double seconds = 0.01 * Math.exp(0.8 * random.nextGaussian());
                int bucket = 0;
                while (bucket < bounds.length && seconds > bounds[bucket]) bucket++;
                perBucket[bucket]++;
                sum += seconds;
            }
            histograms[i] = new Histogram(bounds, perBucket, OptionalDouble.of(sum));
        }
        cusum.prepareForUse();
        pageHinkley.prepareForUse();
    }

    @TearDown
    public void tellTheSizeOfTheState() {
        SeriesState state = series.close(latency);
        if (state.judgedUntil().isPresent()) {
            System.out.println(
                    "stored state of a latency series: " + StateCodec.SERIES.encode(state).length + " bytes");
        }
    }

    private Tick tick(double[] from) {
        time = time.plus(INTERVAL);
        return new Tick(time, INTERVAL, from[next++ & (VALUES - 1)], TOTAL);
    }

    private double value() {
        return values[next++ & (VALUES - 1)];
    }

    @Benchmark
    public Finding number() {
        LevelDetector.Step step = numbers.step(level, tick(values));
        level = step.next();
        return step.finding();
    }

    @Benchmark
    public Finding count() {
        ShareDetector.Step step = shares.step(share, tick(counts));
        share = step.next();
        return step.finding();
    }

    @Benchmark
    public SeriesState histogram() {
        time = time.plus(INTERVAL);
        LatencySample sample = new LatencySample(
                time,
                "west",
                "10.0.0.1",
                "LIST",
                Optional.empty(),
                INTERVAL,
                histograms[next++ & (histograms.length - 1)],
                Map.of(),
                Optional.empty());
        for (Observations.Named named : Observations.of(sample, names)) {
            latency = series.absorb(latency, named.observation()).next();
        }
        return latency;
    }

    @Benchmark
    public boolean moaCusum() {
        cusum.input(value());
        return cusum.getChange();
    }

    @Benchmark
    public boolean moaPageHinkley() {
        pageHinkley.input(value());
        return pageHinkley.getChange();
    }

    @Benchmark
    public boolean moaAdwin() {
        return adwin.setInput(value());
    }

    @Benchmark
    public double randomCutForest() {
        point[0] = (float) value();
        double score = forest.getAnomalyScore(point);
        forest.update(point);
        return score;
    }
}
