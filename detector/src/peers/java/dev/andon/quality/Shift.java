package dev.andon.quality;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A change of a stream.
 *
 * @param law what it was before
 * @param label how it is called
 * @param floor {@code KL} divergence per tick in nats, NaN where it has no closed form
 * @param effect what becomes of a value, given ticks since the onset (0 for the first)
 */
record Shift(Law law, String label, double floor, Effect effect) {
    private static final double[] SIGMAS = {1, 2, 3};
    private static final double[] RATIOS = {1.2, 1.5, 2, 5, 20};

    /** What becomes of a value. */
    interface Effect {
        double of(double value, int since, Random random);
    }

    static List<Shift> all() {
        return Stream.of(
                        Stream.of(Law.GAUSSIAN, Law.AR1, Law.STUDENT_T3)
                                .flatMap(law -> DoubleStream.of(SIGMAS).mapToObj(sigma -> sigma(law, sigma))),
                        Stream.of(ramp()),
                        DoubleStream.of(RATIOS).mapToObj(Shift::slower),
                        Stream.of(tail()),
                        Stream.of(Law.DENSE_SHARE, Law.SPARSE_SHARE)
                                .flatMap(law -> DoubleStream.of(RATIOS).mapToObj(ratio -> more(law, ratio))))
                .flatMap(shifts -> shifts)
                .toList();
    }

    private static Shift sigma(Law law, double sigma) {
        double divergence =
                switch (law) {
                    case GAUSSIAN -> sigma * sigma / 2;
                    // What is new in a tick: half the shift, of three quarters of the variance.
                    case AR1 -> sigma * sigma / 4 / (2 * 0.75);
                    default -> Double.NaN;
                };
        return new Shift(law, number(sigma) + " sigma", divergence, (value, since, random) -> value + sigma);
    }

    private static Shift ramp() {
        return new Shift(
                Law.GAUSSIAN,
                "ramp of 0.1 sigma per tick",
                Double.NaN,
                (value, since, random) -> value + 0.1 * (since + 1));
    }

    private static Shift slower(double ratio) {
        return new Shift(
                Law.LOG_NORMAL,
                "ratio " + number(ratio),
                Double.NaN,
                (value, since, random) -> value + Math.log(ratio));
    }

    /** One request of twenty takes twenty times as long. */
    private static Shift tail() {
        return new Shift(Law.LOG_NORMAL, "tail only: 5 % of requests x20", Double.NaN, (value, since, random) -> {
            double extra = 0;
            for (int i = 0; i < 30; i++) {
                if (random.nextDouble() < 0.05) extra += 19 * Math.exp(random.nextGaussian());
            }
            return Math.log(Math.exp(value) + 0.002 * extra / 30);
        });
    }

    private static Shift more(Law law, double ratio) {
        double before = law == Law.DENSE_SHARE ? 0.02 : 0.0001;
        double after = before * ratio;
        double divergence = Law.TOTAL * (after * Math.log(ratio) + (1 - after) * Math.log((1 - after) / (1 - before)));
        return new Shift(
                law,
                "ratio " + number(ratio),
                divergence,
                (value, since, random) ->
                        Math.min(Law.TOTAL, value + Law.binomial(random, (int) Law.TOTAL, after - before)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
