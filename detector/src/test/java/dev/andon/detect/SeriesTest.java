package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.RejectReason;
import java.time.Duration;
import java.time.Instant;
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
        for (int second = 1; second <= 5; second++) {
            Instant time = Ticks.T0.plusSeconds(second);
            state = taken(state, new Observation(time, Duration.ofSeconds(1), "a", "", 1, 1));
            assertThat(state.complete()).isEqualTo(second == 5);
        }
        state = taken(state, new Observation(Ticks.T0.plusSeconds(6), Duration.ofSeconds(1), "a", "", 1, 1));
        assertThat(state.level().orElseThrow().warmup()).hasSize(1);
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

    private static Observation seen(int tick, String source, double seconds) {
        return new Observation(Ticks.at(tick), Ticks.INTERVAL, source, "", seconds * 10, 10);
    }
}
