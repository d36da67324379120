package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Instant START = Instant.parse("2026-01-14T22:34:00Z");
    private static final Histogram BUCKETS = new Histogram(
            new double[] {0.01, 0.05, 0.1, 0.5, 1}, new long[] {900, 80, 10, 6, 3, 1}, OptionalDouble.of(8));

    private final Series series = new Series(DetectSettings.forBudget(0.001));

    private SeriesState learnt(double meanSeconds) {
        SeriesState state = SeriesState.unknown(SeriesKind.LATENCY, "s");
        for (int i = 0; i < 14; i++) {
            Observation seen = new Observation(at(i), INTERVAL, "a", "", 100 * meanSeconds, 100);
            state = series.absorb(state, seen).next();
        }
        return state;
    }

    @Test
    void beginsAtTheFirstBoundFarAboveTheMean() {
        assertThat(Tail.bound(BUCKETS, learnt(0.04))).hasValue(0.5);
    }

    @Test
    void holdsNothingThatIsTooQuickToHurt() {
        assertThat(Tail.bound(BUCKETS, learnt(0.001))).hasValue(0.1);
    }

    @Test
    void isNotFollowedWhereTheMeanIsUnknownOrTheLastBucketHoldsMore() {
        assertThat(Tail.bound(BUCKETS, SeriesState.unknown(SeriesKind.LATENCY, "s")))
                .isEmpty();
        assertThat(Tail.bound(BUCKETS, learnt(0.9))).isEmpty();
    }

    @Test
    void countsTheBucketsWhollyAboveTheBoundInWhateverLayoutTheyCome() {
        assertThat(Tail.slower(BUCKETS, 0.1)).isEqualTo(10);
        assertThat(Tail.slower(BUCKETS, 0.3)).isEqualTo(4);
        assertThat(Tail.slower(BUCKETS, 5)).isZero();
    }

    @Test
    void ofOneSlowInstanceAmongThreeIsNotTheClusters() {
        SeriesState state = SeriesState.unknownTail(0.1);
        for (int i = 0; i < 40; i++) {
            for (String instance : new String[] {"a", "b", "c"}) {
                double slow = i > 20 && instance.equals("a") ? 60 : 0;
                state = series.absorb(state, new Observation(at(i), INTERVAL, instance, "", slow, 100))
                        .next();
            }
        }
        assertThat(state.finding().warmingUp()).isFalse();
        assertThat(state.finding().change()).isEmpty();
    }

    private static Instant at(int tick) {
        return START.plus(INTERVAL.multipliedBy(tick));
    }
}
