package dev.andon.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class LogRatioTest {
    @Property(tries = 200)
    void agreesWithTheDensitiesOfTheStudentDistribution(
            @ForAll @DoubleRange(min = -20, max = 20) double z, @ForAll @DoubleRange(min = 0.5, max = 6) double shift) {
        var t = new TDistribution(null, 8);
        assertThat(LogRatio.studentT(z, shift, 8)).isCloseTo(t.logDensity(z - shift) - t.logDensity(z), within(1e-9));
    }

    @Property(tries = 200)
    void agreesWithTheProbabilitiesOfTheBinomialDistribution(
            @ForAll @IntRange(min = 0, max = 50) int events,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double before,
            @ForAll @DoubleRange(min = 0.01, max = 0.9) double after) {
        double expected = new BinomialDistribution(null, 50, after).logProbability(events)
                - new BinomialDistribution(null, 50, before).logProbability(events);
        assertThat(LogRatio.binomial(events, 50, before, after)).isCloseTo(expected, within(1e-8));
    }

    @Property(tries = 200)
    void boundsWhatOneWildValueCanProve(@ForAll @DoubleRange(min = -1e9, max = 1e9) double z) {
        assertThat(LogRatio.studentT(z, 6, 8)).isBetween(-12.0, 12.0);
    }

    @Test
    void averagesAlternativesWithoutOverflow() {
        assertThat(LogRatio.mixture(new double[] {2, 2, 2})).isCloseTo(2, within(1e-12));
        assertThat(LogRatio.mixture(new double[] {1000, 0})).isCloseTo(1000 - Math.log(2), within(1e-9));
    }
}
