package dev.andon.decide;

import dev.andon.decide.RolloutExposure.Step;
import dev.andon.detect.EffectPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How well the effect on a cluster follows the dose of a rollout, against effects that have a cause of their own.
 *
 * <p>The effect is modelled as {@code ln(1 + b d^g)} of the dose {@code d} a lag ago, averaged over powers {@code g} and lags
 * with their priors; {@code b} is set by the newest points. Without a rollout, as a step at an unknown time. Noise is
 * Student-t. Likelihoods are tempered because neighbouring points are not independent. Pure; O(points x powers x lags).
 */
final class DoseResponse {
    private static final double[] POWERS = {0.5, 1, 2, 4};
    private static final double[] POWER_PRIOR = {0.15, 0.5, 0.3, 0.05};
    /** Mean lag from a place that is updated to the effect, and that of slow mechanisms, in least ticks. */
    private static final double QUICK_LAG = 1;

    private static final double SLOW_LAG = 9;
    private static final double SLOW_SHARE = 0.1;
    private static final double LONGEST_LAG = 24;

    private static final double NOISE = 0.5;
    private static final double FREEDOM = 4;
    private static final double TEMPER = 0.6;
    private static final int NEWEST = 3;
    /** Logarithm of the usual effect at full dose, in noises, and its spread: few rollouts ruin a cluster from one place. */
    private static final double USUAL_LOG_EFFECT = Math.log(400);

    private static final double LOG_EFFECT_SPREAD = 2.5;
    /** Points before the onset without which nothing can be said of what came with it. */
    private static final int LEAST_QUIET_POINTS = 4;

    private final List<EffectPoint> points;
    private final double interval;
    private final double timeScale;
    private final double quiet;
    private final long quietPoints;

    /**
     * @param timeScale in which lags are measured
     * @param onset until which the points show the cluster unaffected
     */
    DoseResponse(List<EffectPoint> points, Duration interval, Duration timeScale, Instant onset) {
        this.points = points;
        this.timeScale = timeScale.toMillis() / 1e3;
        this.interval = Math.max(this.timeScale / 5, interval.toMillis() / 1e3);
        this.quietPoints = points.stream().filter(p -> !p.time().isAfter(onset)).count();
        this.quiet = points.stream()
                .filter(p -> !p.time().isAfter(onset))
                .mapToDouble(EffectPoint::effect)
                .average()
                .orElse(0.5);
    }

    /** @return whether enough was seen from before the onset to compare causes */
    boolean informative() {
        return quietPoints >= LEAST_QUIET_POINTS;
    }

    /** @return log-likelihood of the effect given that it follows this rollout's dose */
    double following(RolloutExposure exposure) {
        double best = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double step = Math.min(2 * timeScale, interval);
        for (double lag = 0; lag < LONGEST_LAG * timeScale; lag += step) {
            double lagPrior = lagMass(lag / timeScale, step / timeScale);
            double[] doses = doses(exposure, lag);
            for (int g = 0; g < POWERS.length; g++) {
                double value = Math.log(lagPrior * POWER_PRIOR[g]) + TEMPER * fit(doses, POWERS[g]);
                double larger = Math.max(best, value);
                sum = sum * Math.exp(best - larger) + Math.exp(value - larger);
                best = larger;
            }
        }
        return best + Math.log(sum);
    }

    /** @return log-likelihood of the effect given a step at an unknown time not before {@code earliest} */
    double stepping(Instant earliest) {
        double best = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int first = 1; first < points.size(); first++) {
            if (points.get(first).time().isBefore(earliest)) continue;
            double value = TEMPER * stepAt(first);
            double larger = Math.max(best, value);
            sum = sum * Math.exp(best - larger) + Math.exp(value - larger);
            best = larger;
        }
        return best == Double.NEGATIVE_INFINITY ? best : best + Math.log(sum / Math.max(24, points.size()));
    }

    private double stepAt(int first) {
        double after = 0;
        for (int i = first; i < points.size(); i++) after += points.get(i).effect();
        after /= points.size() - first;
        double likelihood = 0;
        for (int i = 0; i < points.size(); i++) {
            likelihood += logDensity(points.get(i).effect() - (i < first ? quiet : Math.max(quiet, after)));
        }
        return likelihood;
    }

    private double fit(double[] doses, double power) {
        double newest = 0;
        double dose = 0;
        int count = Math.min(NEWEST, points.size());
        int affected = 0;
        for (int i = points.size() - count; i < points.size(); i++) {
            if (points.get(i).effect() <= quiet + NOISE) continue;
            newest += points.get(i).effect();
            dose += Math.log(Math.max(1e-9, doses[i]));
            affected++;
        }
        double b = affected == 0 ? 0 : Math.expm1(newest / affected) / Math.exp(power * dose / affected);
        double unusual = b > 0 ? (Math.log(b) - USUAL_LOG_EFFECT) / LOG_EFFECT_SPREAD : 0;
        double likelihood = -unusual * unusual / 2 / TEMPER;
        for (int i = 0; i < points.size(); i++) {
            double model = Math.log1p(b * Math.pow(doses[i], power));
            likelihood += logDensity(points.get(i).effect() - Math.max(quiet, model));
        }
        return likelihood;
    }

    /** Mean dose over each point's interval, a lag ago, by three moments within it. */
    private double[] doses(RolloutExposure exposure, double lag) {
        double[] doses = new double[points.size()];
        for (int i = 0; i < doses.length; i++) {
            double sum = 0;
            for (int part = 0; part < 3; part++) {
                long before = Math.round(1e3 * (lag + interval * (2 * part + 1) / 6));
                sum += dose(exposure, points.get(i).time().minusMillis(before));
            }
            doses[i] = sum / 3;
        }
        return doses;
    }

    private static double dose(RolloutExposure exposure, Instant time) {
        double dose = 0;
        for (Step step : exposure.steps()) {
            if (step.time().isAfter(time)) break;
            dose = step.total() == 0 ? 1 : Math.min(1, (double) step.updated() / step.total());
        }
        return dose;
    }

    private static double lagMass(double from, double length) {
        return (1 - SLOW_SHARE) * (Math.exp(-from / QUICK_LAG) - Math.exp(-(from + length) / QUICK_LAG))
                + SLOW_SHARE * (Math.exp(-from / SLOW_LAG) - Math.exp(-(from + length) / SLOW_LAG));
    }

    private static double logDensity(double residual) {
        double z = residual / NOISE;
        return -(FREEDOM + 1) / 2 * Math.log1p(z * z / FREEDOM);
    }
}
