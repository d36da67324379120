package dev.andon.decide;

import dev.andon.decide.RolloutExposure.Step;
import java.time.Instant;

/**
 * How likely the course of an effect is if a rollout caused it, against a cause of its own at an unknown time.
 *
 * <p>A rollout can act in three ways: in proportion to a power of its dose, some lag ago; at one of its steps, when a
 * threshold is crossed, so that the onset falls where coverage grows; or at any time after it arrived, as leaks do. A cause of
 * its own is a step or a ramp that begins at any tick. Pure; O(ticks x powers x lags).
 */
final class DoseResponse {
    private static final double[] POWERS = {0.5, 1, 2, 4};
    private static final double[] POWER_PRIOR = {0.2, 0.5, 0.25, 0.05};
    /** Lags in least ticks; negative where coverage is reported after the fact, as by pollers and once pods are ready. */
    private static final double[] LAGS = {-1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 14, 20};
    /** Mean lag from a place that is updated to the effect, and that of slow mechanisms such as caches, in least ticks. */
    private static final double QUICK_LAG = 1;

    private static final double SLOW_LAG = 9;
    private static final double SLOW_SHARE = 0.1;
    /** Part of the rollouts whose coverage is reported one half of a tick, and one tick, too late. */
    private static final double LATE_REPORT = 0.1;

    private static final double BY_DOSE = 0.7;
    private static final double BY_THRESHOLD = 0.18;
    private static final double BY_LEAK = 0.07;
    private static final double BY_TIME = 0.05;
    /** Ticks over which the onset of an effect that comes with time is spread. */
    private static final double TIME_HORIZON = 120;
    /**
     * Least ticks in which a cause of its own is as probable as one rollout is to be guilty, but for the prior odds: as long as
     * rollouts have been under way, since it is only looked for while they are, but no longer than the course is remembered.
     */
    private static final double SHORTEST_WINDOW = 24;

    private static final double LONGEST_WINDOW = 96;
    /** The same in ticks, at least: of samples that come slowly even a clear case would otherwise prove nothing. */
    private static final double LEAST_WINDOW = 6;
    /** Ticks that a cause of its own takes to unfold, and the power of time with which it does. */
    private static final double[] RAMPS = {0, 4, 4, 12, 12, 40, 40};

    private static final double[] RAMP_POWERS = {1, 1, 2, 1, 2, 1, 2};
    private static final double[] RAMP_PRIOR = {0.5, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05};
    /**
     * What is usual at full dose.
     *
     * @param log logarithm of the effect, in noises
     * @param spread of that logarithm
     */
    record Usual(double log, double spread) {
        /** Few rollouts ruin a cluster from one place. */
        static final Usual HARM = new Usual(Math.log(400), 2.5);

        static final Usual DEMAND = new Usual(Math.log(15), 2);
    }

    private final Usual usual;
    private final Course course;
    private final double leastTick;
    /** Log-likelihood of an onset in each tick, whatever the ramp. */
    private final double[] onsetAt;

    private final double alone;

    /**
     * @param leastTick in which lags are measured, in seconds
     * @param usual what is usual at full dose
     * @param underWay for how long rollouts were under way until the onset, in seconds
     */
    DoseResponse(Course course, double leastTick, Usual usual, double underWay) {
        this.usual = usual;
        this.course = course;
        this.leastTick = leastTick;
        this.onsetAt = new double[course.length()];
        LogSum sum = new LogSum();
        for (int first = 1; first < onsetAt.length; first++) {
            onsetAt[first] = onset(first);
            sum.add(onsetAt[first]);
        }
        double window = Math.max(SHORTEST_WINDOW, Math.min(LONGEST_WINDOW, underWay / leastTick));
        this.alone = sum.value() - Math.log(Math.max(LEAST_WINDOW, window * leastTick / course.interval()));
    }

    /** @return likelihood of the effect given that this rollout caused it, over that of a cause of its own */
    double ratio(RolloutExposure exposure) {
        Doses doses = new Doses(exposure);
        LogSum all = new LogSum();
        all.add(Math.log(BY_DOSE) + byDose(doses));
        all.add(Math.log(BY_LEAK) + byLeak(doses));
        Instant arrived = exposure.firstExposed().orElse(Instant.MAX);
        for (int i = 1; i < onsetAt.length; i++) {
            double grown = BY_THRESHOLD * growth(doses, i);
            double waited = course.time(i).isAfter(arrived) ? BY_TIME / TIME_HORIZON : 0;
            if (grown + waited > 0) all.add(Math.log(grown + waited) + onsetAt[i]);
        }
        return Math.exp(Math.min(30, all.value() - alone));
    }

    private double onset(int first) {
        LogSum sum = new LogSum();
        double[] shape = new double[onsetAt.length];
        for (int r = 0; r < RAMPS.length; r++) {
            for (int i = first; i < shape.length; i++) {
                shape[i] = Math.pow(Math.min(1, (i - first + 1) / Math.max(1, RAMPS[r])), RAMP_POWERS[r]);
            }
            sum.add(Math.log(RAMP_PRIOR[r]) + course.fit(shape, first).logLikelihood());
        }
        return sum.value();
    }

    private double byDose(Doses rollout) {
        LogSum sum = new LogSum();
        double[] shape = new double[onsetAt.length];
        for (int l = 0; l < LAGS.length; l++) {
            double prior = lagMass(LAGS[l], l + 1 < LAGS.length ? LAGS[l + 1] : 2 * LAGS[l]);
            double[] doses = doses(rollout, LAGS[l] * leastTick);
            for (int g = 0; g < POWERS.length; g++) {
                for (int i = 0; i < shape.length; i++) shape[i] = Math.pow(doses[i], POWERS[g]);
                Course.Fit fit = course.fit(shape);
                double unusual = fit.size() > 0 ? (Math.log(fit.size()) - usual.log) / usual.spread : 0;
                sum.add(Math.log(prior * POWER_PRIOR[g]) + fit.logLikelihood() - unusual * unusual / 2);
            }
        }
        return sum.value();
    }

    /** What every updated place leaks adds up: the effect follows a power of the dose summed over time. */
    private double byLeak(Doses rollout) {
        LogSum sum = new LogSum();
        double[] doses = doses(rollout, 0);
        double[] shape = new double[doses.length];
        double leaked = 0;
        for (int i = 0; i < shape.length; i++) {
            leaked += doses[i];
            shape[i] = leaked;
        }
        sum.add(Math.log(0.6) + course.fit(shape).logLikelihood());
        for (int i = 0; i < shape.length; i++) shape[i] *= shape[i];
        sum.add(Math.log(0.4) + course.fit(shape).logLikelihood());
        return sum.value();
    }

    /** Mean dose over each tick, a lag ago, by three moments within it. */
    private double[] doses(Doses rollout, double lag) {
        double[] doses = new double[onsetAt.length];
        for (int i = 0; i < doses.length; i++) {
            double sum = 0;
            for (int part = 0; part < 3; part++) {
                sum += dose(rollout, i, lag + course.interval() * (2 * part + 1) / 6);
            }
            doses[i] = sum / 3;
        }
        return doses;
    }

    /** Coverage that was gained within a quick lag of this tick. */
    private double growth(Doses rollout, int tick) {
        double recent = dose(rollout, tick, 0) - dose(rollout, tick, course.interval());
        double earlier =
                dose(rollout, tick, course.interval()) - dose(rollout, tick, course.interval() + QUICK_LAG * leastTick);
        return Math.max(0, 0.6 * recent + 0.4 * earlier);
    }

    private double dose(Doses rollout, int tick, double secondsBefore) {
        return rollout.at(course.time(tick).minusMillis(Math.round(1e3 * secondsBefore)));
    }

    private static double lagMass(double from, double to) {
        return from < 0 ? LATE_REPORT : (1 - 2 * LATE_REPORT) * causalMass(from, to);
    }

    private static double causalMass(double from, double to) {
        return (1 - SLOW_SHARE) * (Math.exp(-from / QUICK_LAG) - Math.exp(-to / QUICK_LAG))
                + SLOW_SHARE * (Math.exp(-from / SLOW_LAG) - Math.exp(-to / SLOW_LAG));
    }

    /** The dose of one rollout over time: asked for some thousand instants. */
    private static final class Doses {
        private final Instant[] from;
        private final double[] dose;

        Doses(RolloutExposure exposure) {
            this.from = exposure.steps().stream().map(Step::time).toArray(Instant[]::new);
            this.dose = exposure.steps().stream()
                    .mapToDouble(step -> step.total() == 0 ? 1 : Math.min(1, (double) step.updated() / step.total()))
                    .toArray();
        }

        double at(Instant time) {
            int low = 0;
            int high = from.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (from[middle].isAfter(time)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low == 0 ? 0 : dose[low - 1];
        }
    }

    /** Adds up likelihoods that are given as logarithms. */
    private static final class LogSum {
        private double largest = Double.NEGATIVE_INFINITY;
        private double sum;

        void add(double logValue) {
            if (logValue == Double.NEGATIVE_INFINITY) return;
            double larger = Math.max(largest, logValue);
            sum = sum * Math.exp(largest - larger) + Math.exp(logValue - larger);
            largest = larger;
        }

        double value() {
            return largest == Double.NEGATIVE_INFINITY ? largest : largest + Math.log(sum);
        }
    }
}
