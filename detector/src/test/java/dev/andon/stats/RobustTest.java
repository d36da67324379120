package dev.andon.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RobustTest {
    @Test
    void isNotMovedByAWildValue() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 1e9};
        assertThat(Robust.median(values)).isEqualTo(5);
        assertThat(Robust.scale(values, 5)).isCloseTo(2 * 1.4826, within(1e-9));
    }

    @Test
    void findsNoSpreadInConstantValues() {
        assertThat(Robust.scale(new double[] {7, 7, 7}, 7)).isZero();
    }
}
