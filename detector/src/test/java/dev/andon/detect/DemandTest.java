package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DemandTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void learnsWhatIsUsualAndHowMuchItVaries() {
        Demand demand = everyday(300);
        assertThat(demand.usual()).isCloseTo(400, within(20.0));
        assertThat(demand.spread()).isCloseTo(0.1, within(0.04));
    }

    @Test
    void seesHowMuchMoreIsAskedThanUsual() {
        Demand demand = everyday(100);
        for (int i = 100; i < 103; i++) demand = demand.with(at(i), 800, false);
        assertThat(demand.excess(8)).isCloseTo(800 - demand.usual(), within(20.0));
    }

    @Test
    void makesNothingOfOneBurst() {
        Demand demand = everyday(100).with(at(100), 4_000, false);
        assertThat(demand.excess(8)).isLessThan(200);
    }

    @Test
    void doesNotTakeWhatIsAskedDuringHarmForUsual() {
        Demand before = everyday(100);
        Demand demand = before;
        for (int i = 100; i < 140; i++) demand = demand.with(at(i), 800, false);
        assertThat(demand.usual()).isEqualTo(before.usual());
    }

    /** Ticks of about 400 requests, a tenth more or less. */
    private Demand everyday(int ticks) {
        Demand demand = Demand.UNKNOWN;
        for (int i = 0; i < ticks; i++) {
            double requests = 400 * (1 + 0.1 * Math.sqrt(12) * (random.nextDouble() - 0.5));
            demand = demand.with(at(i), requests, true);
        }
        return demand;
    }

    private static Instant at(int tick) {
        return T0.plusSeconds(5L * tick);
    }
}
