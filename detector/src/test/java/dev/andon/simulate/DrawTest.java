package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawTest {
    private static final int DRAWS = 20_000;

    private final Draw draw = Draw.of(42, "test", 0);

    /** @return mean and variance of many draws */
    private static double[] moments(LongSupplier supplier) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = supplier.getAsLong();
            sum += value;
            squares += value * value;
        }
        double mean = sum / DRAWS;
        return new double[] {mean, squares / DRAWS - mean * mean};
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.7, 5, 39, 41, 900})
    void drawsPoissonCountsWhoseVarianceIsTheirMean(double mean) {
        double[] moments = moments(() -> draw.poisson(mean));

        assertThat(moments[0]).isCloseTo(mean, within(5 * Math.sqrt(mean / DRAWS)));
        assertThat(moments[1] / mean).isBetween(0.85, 1.15);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3", "20, 0.02", "20, 0.9", "500, 0.01", "500, 0.5", "100000, 0.001", "100000, 0.7"})
    void drawsBinomialCounts(long trials, double probability) {
        double mean = trials * probability;
        double variance = mean * (1 - probability);

        double[] moments = moments(() -> draw.binomial(trials, probability));

        assertThat(moments[0]).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
        assertThat(moments[1] / variance).isBetween(0.85, 1.15);
    }

    @Test
    void staysWithinTheTrials() {
        assertThat(draw.binomial(7, 0)).isZero();
        assertThat(draw.binomial(7, 1)).isEqualTo(7);
        assertThat(draw.binomial(0, 0.5)).isZero();
        assertThat(draw.poisson(0)).isZero();
        assertThat(draw.poisson(Double.NaN)).isZero();
    }

    @Test
    void dependsOnSeedNameAndIndexAndOnNothingElse() {
        assertThat(Draw.of(1, "a", 1).uniform()).isEqualTo(Draw.of(1, "a", 1).uniform());
        assertThat(Draw.of(1, "a", 1).uniform())
                .isNotEqualTo(Draw.of(2, "a", 1).uniform())
                .isNotEqualTo(Draw.of(1, "b", 1).uniform())
                .isNotEqualTo(Draw.of(1, "a", 2).uniform());
    }
}
