package dev.andon.quality;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Streams of one law, the same ones for every detector: seeds of the first half tune, those of the second are reported. */
final class Streams {
    /** Ticks before the test begins: nothing that happens in them counts. */
    static final int WARM_UP = 12;
    /** Ticks of the test before a shift: baselines are settled. */
    static final int SETTLED = 200;
    /** Ticks after which a detector that said nothing is held to have missed. */
    static final int PATIENCE = 400;
    /** Ticks of a stream without a change. */
    static final int CLEAN = 2_000;

    private static final int DRAWS = 200_000;
    private static final long REPORTED_FROM = 1_000_000;

    private static final String CLEAN_NAME = "";

    private final Map<String, double[][]> drawn = new ConcurrentHashMap<>();
    private final Law law;
    private final int runs;
    private final double mean;
    private final double deviation;

    Streams(Law law, int runs) {
        this.law = law;
        this.runs = runs;
        Random random = new Random(1);
        double value = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            value = law.next(random, value);
            sum += value;
            squares += value * value;
        }
        mean = sum / DRAWS;
        deviation = Math.sqrt(squares / DRAWS - mean * mean);
    }

    /** Which seeds. */
    enum Half {
        TUNING,
        REPORTED
    }

    Law law() {
        return law;
    }

    int runs() {
        return runs;
    }

    double standardised(double value) {
        return (value - mean) / deviation;
    }

    double[] clean(Half half, int run) {
        return drawn(half, CLEAN_NAME, WARM_UP + CLEAN, Integer.MAX_VALUE, (value, since, random) -> value)[run];
    }

    double[] shifted(Half half, int run, Shift shift) {
        return drawn(half, shift.label(), WARM_UP + SETTLED + PATIENCE, WARM_UP + SETTLED, shift.effect())[run];
    }

    /** Drawn once: drawing costs more than most detectors. */
    private double[][] drawn(Half half, String name, int count, int onset, Shift.Effect effect) {
        return drawn.computeIfAbsent(half + name, any -> IntStream.range(0, runs)
                .mapToObj(run -> values(half, run, count, onset, effect))
                .toArray(double[][]::new));
    }

    private double[] values(Half half, int run, int count, int onset, Shift.Effect effect) {
        long seed = (half == Half.REPORTED ? REPORTED_FROM : 0) + run;
        Random random = new Random(seed * 7_919 + law.label().hashCode());
        Random change = new Random(seed);
        double[] values = new double[count];
        double usual = 0;
        for (int i = 0; i < count; i++) {
            usual = law.next(random, usual);
            values[i] = i < onset ? usual : effect.of(usual, i - onset, change);
        }
        return values;
    }
}
