package dev.andon.decide;

import dev.andon.detect.EffectPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The effect on one cluster over the last ticks, and how well an explanation fits it.
 *
 * <p>An explanation is a shape {@code h >= 0} per tick; the effect is modelled as {@code ln(1 + b h)} with a free size
 * {@code b}, never below what the cluster shows while it is unaffected. Noise is Student-t, so that a burst does not decide.
 * Likelihoods are tempered because neighbouring ticks are not independent. Pure.
 */
final class Course {
    private static final double NOISE = 0.5;
    private static final double FREEDOM = 4;
    private static final double TEMPER = 0.6;
    /** Ticks with less than this part of the largest {@code h} say little of the size. */
    private static final double SIZE_FROM = 0.2;
    /** Ticks after the onset that tell anything of the cause. */
    private static final int TELLING = 40;
    /** Ticks after the onset that count whole: later ones tell more of what the cluster does to itself. */
    private static final double FRESH = 8;
    /** Points before the onset without which nothing can be said of what came with it. */
    private static final int LEAST_QUIET_POINTS = 4;

    private final List<EffectPoint> points;
    private final double interval;
    private final double quiet;
    private final int quietPoints;
    private final double[] weights;
    /** Logarithm of the size that explains each point where the shape is 1. */
    private final double[] logSize;
    /** Log-likelihood of the first points, by their number, without any effect. */
    private final double[] unaffected;

    /**
     * @param course oldest first
     * @param onset until which the points show the cluster unaffected
     */
    Course(List<EffectPoint> course, Duration interval, Instant onset) {
        int before = (int) course.stream().filter(p -> !p.time().isAfter(onset)).count();
        this.points = course.subList(0, Math.min(course.size(), before + TELLING));
        this.interval = Math.max(1e-3, interval.toMillis() / 1e3);
        this.quietPoints = before;
        this.quiet = points.stream()
                .filter(p -> !p.time().isAfter(onset))
                .mapToDouble(EffectPoint::effect)
                .average()
                .orElse(0.5);
        this.weights = new double[points.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.min(1, FRESH / Math.max(1.0, i - quietPoints + 1.0));
        }
        this.logSize = new double[weights.length];
        this.unaffected = new double[weights.length + 1];
        for (int i = 0; i < weights.length; i++) {
            logSize[i] = Math.log(Math.expm1(Math.max(0.05, points.get(i).effect())));
            unaffected[i + 1] = unaffected[i] + logLikelihood(i, quiet);
        }
    }

    /**
     * How well a shape fits.
     *
     * @param logLikelihood tempered
     * @param size the {@code b} that fits best, {@code >= 0}
     */
    record Fit(double logLikelihood, double size) {}

    /** @return whether enough was seen from before the onset to compare causes */
    boolean informative() {
        return quietPoints >= LEAST_QUIET_POINTS;
    }

    int length() {
        return points.size();
    }

    Instant time(int index) {
        return points.get(index).time();
    }

    /** @return length of a tick in seconds */
    double interval() {
        return interval;
    }

    Fit fit(double[] shape) {
        return fit(shape, 0);
    }

    /** @param from index before which the shape is 0 */
    Fit fit(double[] shape, int from) {
        double size = size(shape, from);
        double sum = unaffected[from];
        for (int i = from; i < shape.length; i++) {
            sum += logLikelihood(i, Math.max(quiet, Math.log1p(size * shape[i])));
        }
        return new Fit(TEMPER * sum, size);
    }

    private double logLikelihood(int index, double expected) {
        double z = (points.get(index).effect() - expected) / NOISE;
        return -weights[index] * (FREEDOM + 1) / 2 * Math.log1p(z * z / FREEDOM);
    }

    /** Least squares on a logarithmic scale. */
    private double size(double[] shape, int from) {
        double largest = 0;
        for (int i = from; i < shape.length; i++) largest = Math.max(largest, shape[i]);
        if (!(largest > 0)) return 0;
        double sum = 0;
        double count = 0;
        for (int i = from; i < shape.length; i++) {
            if (shape[i] < SIZE_FROM * largest) continue;
            sum += weights[i] * (logSize[i] - Math.log(shape[i]));
            count += weights[i];
        }
        return Math.exp(sum / count);
    }
}
