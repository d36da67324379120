package dev.andon.quality;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * Bayesian online change-point detection (Adams and MacKay 2007, arXiv 0710.3742) of Gaussian values with unknown mean and
 * variance, after the paper and as plainly as possible. Time and memory per tick are those of its longest run.
 */
final class Bocpd implements Watch {
    /** Runs that are kept apart; the longest stands for all longer ones. */
    private static final int LONGEST = 200;

    /** Prior: mean 0, worth one tick, and variance 1, worth two. */
    private static final double PRIOR_SHAPE = 1;

    /** By ticks seen: the logarithm of what makes the density of Student's t integrate to 1, but for its scale. */
    private static final double[] NORMS = norms();

    private final double hazard;
    private final int recent;
    private double[] probability = {1};
    private double[] mean = {0};
    private double[] ticks = {0};
    private double[] squares = {0};

    /**
     * @param meanRun expected ticks between changes
     * @param recent a change counts as found when the last one is likely to be at most this many ticks ago
     */
    Bocpd(double meanRun, int recent) {
        this.hazard = 1 / meanRun;
        this.recent = recent;
    }

    @Override
    public double next(double value, double standardised) {
        int runs = Math.min(LONGEST, probability.length);
        double[] grown = new double[runs + 1];
        double total = 0;
        for (int run = 0; run < runs; run++) {
            double joint = probability[run] * predictive(run, standardised);
            grown[0] += hazard * joint;
            grown[run + 1] += (1 - hazard) * joint;
            total += joint;
        }
        for (int run = 0; run < grown.length; run++) grown[run] /= total;
        update(standardised, runs);
        merge(grown);
        return higher() ? mass(recent) : 0;
    }

    /** Student-t: what a Gaussian of unknown mean and variance predicts. */
    private double predictive(int run, double x) {
        double count = 1 + ticks[run];
        double shape = PRIOR_SHAPE + ticks[run] / 2;
        double rate = PRIOR_SHAPE + squares[run] / 2;
        double spread = rate * (count + 1) / (shape * count);
        double z2 = (x - mean[run]) * (x - mean[run]) / spread;
        double log = NORMS[(int) ticks[run]] - Math.log(spread) / 2 - (shape + 0.5) * Math.log1p(z2 / (2 * shape));
        return Math.max(1e-300, Math.exp(log));
    }

    private static double[] norms() {
        double[] norms = new double[100_000];
        for (int seen = 0; seen < norms.length; seen++) {
            double shape = PRIOR_SHAPE + seen / 2.0;
            norms[seen] = Gamma.logGamma(shape + 0.5) - Gamma.logGamma(shape) - Math.log(2 * shape * Math.PI) / 2;
        }
        return norms;
    }

    private void update(double x, int runs) {
        double[] means = new double[runs + 1];
        double[] counts = new double[runs + 1];
        double[] sums = new double[runs + 1];
        for (int run = 0; run < runs; run++) {
            double count = 1 + ticks[run];
            means[run + 1] = mean[run] + (x - mean[run]) / (count + 1);
            counts[run + 1] = ticks[run] + 1;
            sums[run + 1] = squares[run] + count / (count + 1) * (x - mean[run]) * (x - mean[run]);
        }
        mean = means;
        ticks = counts;
        squares = sums;
    }

    private void merge(double[] grown) {
        if (grown.length > LONGEST) {
            grown[LONGEST - 1] += grown[LONGEST];
            probability = Arrays.copyOf(grown, LONGEST);
            mean = shorter(mean);
            ticks = shorter(ticks);
            squares = shorter(squares);
        } else {
            probability = grown;
        }
    }

    private static double[] shorter(double[] values) {
        double[] kept = Arrays.copyOf(values, LONGEST);
        kept[LONGEST - 1] = values[LONGEST];
        return kept;
    }

    /** @return whether the likeliest recent run lies above the usual level, 0 */
    private boolean higher() {
        int likeliest = 0;
        for (int run = 0; run < Math.min(recent, probability.length); run++) {
            if (probability[run] > probability[likeliest]) likeliest = run;
        }
        return mean[likeliest] > 0;
    }

    private double mass(int ticksAgo) {
        if (probability.length <= ticksAgo + 1) return 0;
        double mass = 0;
        for (int run = 0; run <= ticksAgo; run++) mass += probability[run];
        return mass;
    }
}
