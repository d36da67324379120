package dev.andon.quality;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One variant of a detector on the streams of one law, at the threshold that gives it the mean time between false alarms asked
 * for on the tuning half.
 */
final class Trial {
    private static final int STEPS = 10;

    private final Peer.Variant variant;
    private final Streams streams;
    private final double threshold;

    Trial(Peer.Variant variant, Streams streams, double threshold) {
        this.variant = variant;
        this.streams = streams;
        this.threshold = threshold;
    }

    /** @return a trial with the smallest threshold that alarms as rarely as {@code asked} on the tuning half */
    static Trial calibrated(Peer.Variant variant, Streams streams, double asked) {
        double[][] scores = variant.fixedScore() ? scores(variant, streams) : new double[0][];
        double least = variant.least();
        double most = variant.most();
        for (int step = 0; step < STEPS; step++) {
            double middle = (least + most) / 2;
            double obtained = variant.fixedScore()
                    ? meanTime(Arrays.stream(scores)
                            .mapToInt(score -> first(score, middle))
                            .toArray())
                    : new Trial(variant, streams, middle).meanTimeBetweenFalseAlarms(Streams.Half.TUNING);
            if (obtained < asked) least = middle;
            else most = middle;
        }
        return new Trial(variant, streams, most);
    }

    private static double[][] scores(Peer.Variant variant, Streams streams) {
        return IntStream.range(0, streams.runs())
                .parallel()
                .mapToObj(run -> {
                    Watch watch = variant.start().apply(streams.law()).apply(variant.most());
                    return Arrays.stream(streams.clean(Streams.Half.TUNING, run))
                            .map(value -> watch.next(value, streams.standardised(value)))
                            .toArray();
                })
                .toArray(double[][]::new);
    }

    /** @return ticks of the test until the first score that is high enough; its length where there is none */
    private static int first(double[] scores, double threshold) {
        for (int i = Streams.WARM_UP; i < scores.length; i++) {
            if (scores[i] >= threshold) return i - Streams.WARM_UP;
        }
        return scores.length - Streams.WARM_UP;
    }

    double threshold() {
        return threshold;
    }

    Peer.Variant variant() {
        return variant;
    }

    double meanTimeBetweenFalseAlarms(Streams.Half half) {
        return meanTime(IntStream.range(0, streams.runs())
                .parallel()
                .map(run -> alarm(streams.clean(half, run)))
                .toArray());
    }

    /** Maximum likelihood for times that are cut: all ticks watched by the number of alarms. */
    private static double meanTime(int[] alarms) {
        long raised = Arrays.stream(alarms).filter(tick -> tick < Streams.CLEAN).count();
        return Arrays.stream(alarms).sum() / (double) Math.max(1, raised);
    }

    /** @return sorted delays in ticks, 1 for an alarm at once; streams with a false alarm before the shift are left out */
    int[] delays(Streams.Half half, Shift shift) {
        return IntStream.range(0, streams.runs())
                .parallel()
                .map(run -> alarm(streams.shifted(half, run, shift)) - Streams.SETTLED)
                .filter(delay -> delay >= 0)
                .map(delay -> Math.min(Streams.PATIENCE, delay + 1))
                .sorted()
                .toArray();
    }

    /** @return ticks of the test before the first alarm */
    private int alarm(double[] values) {
        Watch watch = variant.start().apply(streams.law()).apply(threshold);
        for (int i = 0; i < values.length; i++) {
            double score = watch.next(values[i], streams.standardised(values[i]));
            if (i >= Streams.WARM_UP && score >= threshold) return i - Streams.WARM_UP;
        }
        return values.length - Streams.WARM_UP;
    }
}
