package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
    private static final double UNCAPPED = Double.MAX_VALUE;

    /** CUSUM by its definition: the most that any stretch that ends now has gathered. Quadratic, and obvious. */
    @Property(tries = 200)
    void gathersTheMostOfAnyStretchThatEndsNow(
            @ForAll @Size(min = 1, max = 25) List<@DoubleRange(min = -2, max = 2) Double> increments) {
        Run run = Run.none(1);
        for (int last = 0; last < increments.size(); last++) {
            run = step(run, last, increments.get(last));
            double most = 0;
            for (int first = 0; first <= last; first++) {
                double sum = 0;
                for (int i = first; i <= last; i++) sum += increments.get(i);
                most = Math.max(most, sum);
            }
            assertThat(run.evidence()[0]).isCloseTo(most, within(1e-9));
        }
    }

    @Property(tries = 200)
    void countsTheTicksSinceItsOnset(
            @ForAll @Size(min = 1, max = 25) List<@DoubleRange(min = -2, max = 2) Double> increments) {
        Run run = Run.none(1);
        double sum = 0;
        for (int i = 0; i < increments.size(); i++) {
            run = step(run, i, increments.get(i));
            sum = run.ticks() <= 1 ? 0 : sum;
            if (run.onset().isEmpty()) continue;
            sum += i;
            assertThat(run.onset().get()).isEqualTo(Ticks.at(i).minus(Ticks.INTERVAL.multipliedBy(run.ticks())));
            assertThat(run.mean()).isCloseTo(sum / run.ticks(), within(1e-9));
        }
    }

    @Property(tries = 100)
    void takesNoMoreFromOneTickThanItsCap(@ForAll @DoubleRange(min = 0, max = 1e9) double increment) {
        Run run = Run.none(2).step(Ticks.tick(0, 1, 1), new double[] {increment, 1}, 7, false, false);
        assertThat(run.evidence()[0]).isLessThanOrEqualTo(7);
    }

    @Test
    void endsAfterAFewCalmTicks() {
        Run run = Run.none(1);
        for (int i = 0; i < 5; i++) run = run.step(Ticks.tick(i, 1, 1), new double[] {5}, UNCAPPED, false, false);
        for (int i = 5; i < 7; i++) run = run.step(Ticks.tick(i, 0, 1), new double[] {-1}, UNCAPPED, true, true);
        assertThat(run.calm()).isEqualTo(2);
        assertThat(run.step(Ticks.tick(7, 0, 1), new double[] {-1}, UNCAPPED, true, true))
                .isEqualTo(Run.none(1));
    }

    /**
     * D. C. Montgomery, Introduction to Statistical Quality Control, tables 9.1 and 9.2: target 10, standard deviation 1,
     * reference value 0.5, decision interval 5. The mean was raised to 11 for the last ten observations; the chart signals at
     * the 29th with 5.28, and puts the shift between the 22nd and the 23rd.
     */
    @Test
    void findsTheShiftOfTheTextbook() {
        double[] observations = {
            9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37,
            10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52
        };
        Run run = Run.none(1);
        int signal = 0;
        for (int i = 1; signal == 0; i++) {
            run = step(run, i, observations[i - 1] - 10 - 0.5);
            if (run.evidence()[0] > 5) signal = i;
        }
        assertThat(signal).isEqualTo(29);
        assertThat(run.evidence()[0]).isCloseTo(5.28, within(1e-9));
        assertThat(run.onset()).contains(Ticks.at(22));
        assertThat(run.ticks()).isEqualTo(7);
    }

    /** Average run lengths of a one-sided CUSUM with reference value 0.5; two-sided ones in the same book, table 9.3. */
    @ParameterizedTest
    @CsvSource({"4, 0, 336", "4, 1, 8.38", "4, 2, 3.34", "5, 1, 10.4", "5, 2, 4.01"})
    void runsAsLongAsIsPublished(double interval, double shift, double expected) {
        Random random = new Random(5);
        int runs = shift == 0 ? 3_000 : 10_000;
        double total = 0;
        for (int i = 0; i < runs; i++) {
            Run run = Run.none(1);
            while (run.evidence()[0] <= interval) {
                run = step(run, 0, random.nextGaussian() + shift - 0.5);
                total++;
            }
        }
        assertThat(total / runs).isCloseTo(expected, within(0.06 * expected));
    }

    private static Run step(Run run, int tick, double increment) {
        return run.step(Ticks.tick(tick, tick, 1), new double[] {increment}, UNCAPPED, false, false);
    }
}
