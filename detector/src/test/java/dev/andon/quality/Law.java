package dev.andon.quality;

import dev.andon.detect.SeriesKind;
import java.util.Random;

/** Streams whose law is known: noise around a level that a shift of so many standard deviations, or a ratio, is added to. */
enum Law {
    GAUSSIAN(SeriesKind.NUMBER_HIGHER, "Gaussian") {
        @Override
        double next(Random random, double before) {
            return random.nextGaussian();
        }
    },
    AR1(SeriesKind.NUMBER_HIGHER, "AR(1), rho 0.5") {
        @Override
        double next(Random random, double before) {
            return 0.5 * before + Math.sqrt(0.75) * random.nextGaussian();
        }
    },
    STUDENT_T3(SeriesKind.NUMBER_HIGHER, "Student t3") {
        @Override
        double next(Random random, double before) {
            double chi = 0;
            for (int i = 0; i < 3; i++) chi += Math.pow(random.nextGaussian(), 2);
            return random.nextGaussian() / Math.sqrt(chi / 3) / Math.sqrt(3);
        }
    },
    LOG_NORMAL(SeriesKind.LATENCY, "mean of 30 log-normal latencies") {
        @Override
        double next(Random random, double before) {
            double sum = 0;
            for (int i = 0; i < 30; i++) sum += Math.exp(random.nextGaussian());
            return Math.log(0.002 * sum / 30);
        }
    },
    DENSE_SHARE(SeriesKind.ERRORS, "binomial, 2 % of 500") {
        @Override
        double next(Random random, double before) {
            return binomial(random, 500, 0.02);
        }
    },
    SPARSE_SHARE(SeriesKind.ERRORS, "sparse binomial, 0.01 % of 500") {
        @Override
        double next(Random random, double before) {
            return binomial(random, 500, 0.0001);
        }
    };

    /** Requests behind each value. */
    static final double TOTAL = 500;

    private final SeriesKind kind;
    private final String label;

    Law(SeriesKind kind, String label) {
        this.kind = kind;
        this.label = label;
    }

    abstract double next(Random random, double before);

    SeriesKind kind() {
        return kind;
    }

    String label() {
        return label;
    }

    static double binomial(Random random, int total, double share) {
        int events = 0;
        for (int i = 0; i < total; i++) events += random.nextDouble() < share ? 1 : 0;
        return events;
    }
}
