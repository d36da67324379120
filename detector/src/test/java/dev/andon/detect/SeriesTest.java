package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.RejectReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private final Series series = new Series(DetectSettings.forBudget(0.001));
    private final SeriesState unknown = SeriesState.unknown(SeriesKind.LATENCY, "s");

    @Test
    void makesOneTickOfSeveralInstancesByTheirLowerMedian() {
        SeriesState state = taken(taken(taken(unknown, seen(1, "a", 0.01)), seen(1, "b", 5)), seen(1, "c", 0.02));
        SeriesState closed = series.close(state);
        assertThat(closed.level().orElseThrow().warmup()).containsExactly(Math.log(0.02));
        assertThat(closed.sourcesExpected()).isEqualTo(3);
    }

    @Test
    void isCompleteWhenTheExpectedSourcesHaveReported() {
        SeriesState three = series.close(taken(taken(unknown, seen(1, "a", 1)), seen(1, "b", 1)));
        SeriesState one = taken(three, seen(2, "a", 1));
        assertThat(one.complete()).isFalse();
        assertThat(taken(one, seen(2, "b", 1)).complete()).isTrue();
    }

    @Test
    void refusesTheSameSampleTwice() {
        SeriesState state = taken(unknown, seen(1, "a", 1));
        assertThat(series.absorb(state, seen(1, "a", 1)).refused()).contains(RejectReason.DUPLICATE);
    }

    @Test
    void refusesWhatIsOlderThanWhatWasJudged() {
        SeriesState judged = series.close(taken(unknown, seen(2, "a", 1)));
        assertThat(series.absorb(judged, seen(1, "a", 1)).refused()).contains(RejectReason.TOO_LATE);
        assertThat(series.absorb(judged, seen(1, "a", 1)).next()).isEqualTo(judged);
    }

    @Test
    void addsUpTheClientsOfOneInstance() {
        SeriesState state = taken(unknown, new Observation(Ticks.at(1), Ticks.INTERVAL, "a", "x", 1, 10));
        state = taken(state, new Observation(Ticks.at(1), Ticks.INTERVAL, "a", "y", 3, 10));
        assertThat(state.open().orElseThrow().sources().get(0).sum()).isEqualTo(4);
        assertThat(state.open().orElseThrow().sources().get(0).weight()).isEqualTo(20);
    }

    @Test
    void sumsUpSamplesOfOneSecondToTicksOfFive() {
        SeriesState state = unknown;
        for (int second = 1; second <= 10; second++) {
            state = taken(state, eachSecond(second));
            assertThat(state.complete()).isEqualTo(second == 10);
        }
        state = taken(state, eachSecond(11));
        assertThat(state.level().orElseThrow().warmup()).hasSize(2);
    }

    @Test
    void makesOneTickOfSourcesThatAreSampledAtDifferentPhases() {
        SeriesState state = unknown;
        for (int tick = 0; tick < 4; tick++) {
            state = taken(state, after(5_000L * tick, "a", 0.01));
            state = taken(state, after(5_000L * tick + 1_300, "b", 0.03));
            state = taken(state, after(5_000L * tick + 4_900, "c", 0.02));
            assertThat(state.complete()).isEqualTo(tick > 0);
        }
        assertThat(series.close(state).level().orElseThrow().warmup())
                .containsExactly(Math.log(0.02), Math.log(0.02), Math.log(0.02), Math.log(0.02));
    }

    @Test
    void waitsForAllOthersWhenASourceIsNew() {
        SeriesState alone = series.close(taken(series.close(taken(unknown, after(0, "a", 1))), after(5_000, "a", 1)));
        SeriesState joined = taken(alone, after(10_000, "b", 1));
        assertThat(joined.complete()).isFalse();
        assertThat(taken(joined, after(11_000, "a", 1)).complete()).isFalse();
        assertThat(taken(taken(joined, after(11_000, "a", 1)), after(15_000, "b", 1))
                        .sourcesExpected())
                .isEqualTo(2);
    }

    @Test
    void toleratesJitter() {
        SeriesState state = unknown;
        for (int tick = 0; tick < 6; tick++) {
            long jitter = tick % 2 == 0 ? 40 : 0;
            state = taken(state, after(5_000L * tick + jitter, "a", 0.01));
            state = taken(state, after(5_000L * tick + 40 - jitter, "b", 0.01));
        }
        assertThat(series.close(state).level().orElseThrow().warmup()).hasSize(6);
    }

    @Test
    void remembersTheWarmUpAsThePastOfTheEffect() {
        SeriesState state = unknown;
        for (int tick = 0; tick < 40 && state.finding().warmingUp(); tick++) {
            state = series.close(taken(state, seen(tick, "a", 0.01 + 0.001 * (tick % 3))));
        }
        assertThat(state.recent().points()).hasSize(12).allMatch(point -> point.effect() < 1);
    }

    @Test
    void makesNoTickOfAnIntervalWithoutRequests() {
        SeriesState closed = series.close(taken(unknown, new Observation(Ticks.at(1), Ticks.INTERVAL, "a", "", 0, 0)));
        assertThat(closed.level().orElseThrow().warmup()).isEmpty();
    }

    private SeriesState taken(SeriesState state, Observation observation) {
        Series.Absorbed absorbed = series.absorb(state, observation);
        assertThat(absorbed.refused()).isEmpty();
        return absorbed.next();
    }

    private static Observation eachSecond(int second) {
        return new Observation(Ticks.T0.plusSeconds(second), Duration.ofSeconds(1), "a", "", 1, 1);
    }

    private static Observation after(long millis, String source, double seconds) {
        return new Observation(Ticks.T0.plusMillis(millis), Ticks.INTERVAL, source, "", seconds * 10, 10);
    }

    private static Observation seen(int tick, String source, double seconds) {
        return new Observation(Ticks.at(tick), Ticks.INTERVAL, source, "", seconds * 10, 10);
    }
}
