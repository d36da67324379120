package dev.andon.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RobustTest {
    @Test
    void isNotMovedByAWildValue() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 1e9};
        assertThat(Robust.median(values)).isEqualTo(5);
        assertThat(Robust.scale(values, 5)).isCloseTo(2 * 1.4826, within(1e-9));
    }

    /** Sorts and looks at the middle. */
    @Property(tries = 200)
    void agreesWithWhatSortingSays(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -1e6, max = 1e6) Double> list) {
        double[] values = list.stream().mapToDouble(Double::doubleValue).toArray();
        double median = middle(values);
        double[] deviations =
                Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
        assertThat(Robust.median(values)).isCloseTo(median, within(1e-9));
        assertThat(Robust.scale(values, median)).isCloseTo(1.4826 * middle(deviations), within(1e-9));
    }

    private static double middle(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @Test
    void findsNoSpreadInConstantValues() {
        assertThat(Robust.scale(new double[] {7, 7, 7}, 7)).isZero();
    }
}
