package dev.andon.simulate;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Seeded draws of counts. Every tick has its own generator, so that a tick never depends on how earlier ones drew. */
final class Draw {
    /** Above this mean the normal approximation of a count is off by less than what anyone can measure here. */
    private static final double NORMAL_FROM = 40;

    private final RandomGenerator random;

    private Draw(RandomGenerator random) {
        this.random = random;
    }

    /** @return a generator that depends on the seed, the name and the index, and on nothing else */
    static Draw of(long seed, String name, long index) {
        return new Draw(
                new SplittableRandom(scramble(seed ^ scramble(name.hashCode() + 0x9E3779B97F4A7C15L * (index + 1)))));
    }

    /** Finaliser of SplitMix64 (Steele, Lea and Flood 2014): neighbouring seeds give unrelated generators. */
    private static long scramble(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    double uniform() {
        return random.nextDouble();
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double gaussian() {
        return random.nextGaussian();
    }

    double exponential(double mean) {
        return mean * random.nextExponential();
    }

    /** @return a Poisson count with the given mean, {@code >= 0} */
    long poisson(double mean) {
        if (!(mean > 0)) return 0;
        if (mean > NORMAL_FROM) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** @return how many of {@code trials} succeed when each does with {@code probability}, in [0, trials] */
    long binomial(long trials, double probability) {
        if (trials <= 0 || !(probability > 0)) return 0;
        if (probability >= 1) return trials;
        if (probability > 0.5) return trials - binomial(trials, 1 - probability);
        double mean = (double) trials * probability;
        if (mean > NORMAL_FROM) {
            double spread = Math.sqrt(mean * (1 - probability));
            return Math.min(trials, Math.max(0, Math.round(mean + spread * random.nextGaussian())));
        }
        return inverted(trials, probability);
    }

    /** Sequential inversion: walks up the distribution function, O(mean). */
    private long inverted(long trials, double probability) {
        double odds = probability / (1 - probability);
        double mass = Math.exp(trials * Math.log1p(-probability));
        double left = random.nextDouble();
        long count = 0;
        while (left > mass && count < trials) {
            left -= mass;
            mass *= odds * (trials - count) / (count + 1);
            count++;
        }
        return count;
    }
}
