package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SettledLevelTest {
    private static final int LEARNT = 60;
    /** A quarter of an hour, and the warm-up of the new level. */
    private static final int SETTLES = 180 + 12;

    private final Series series = new Series(DetectSettings.forBudget(0.001));
    private final Random random = new Random(7);
    private SeriesState state = SeriesState.unknown(SeriesKind.LATENCY, "s");
    private int tick;

    @Test
    void isWhatTheNextChangeIsMeasuredFrom() {
        ticks(LEARNT, 0.02);
        ticks(SETTLES + 5, 0.1);
        assertThat(state.finding().change()).isEmpty();
        assertThat(state.finding().settledWorse()).isTrue();
        assertThat(state.usualLevel().orElseThrow()).isCloseTo(Math.log(0.1), offset(0.05));

        ticks(4, 0.4);
        Finding.Change change = state.finding().change().orElseThrow();
        assertThat(change.before()).isBetween(0.09, 0.11);
        assertThat(change.after()).isBetween(0.35, 0.45);
        assertThat(change.onset()).isEqualTo(Ticks.at(LEARNT + SETTLES + 5));
    }

    @Test
    void isNotSettledWhileItHasNotLasted() {
        ticks(LEARNT, 0.02);
        ticks(SETTLES - 20, 0.1);
        assertThat(state.finding().settled()).isEmpty();
        assertThat(state.finding().change()).isPresent();
    }

    @Test
    void isForgottenWhenTheOldLevelIsBack() {
        ticks(LEARNT, 0.02);
        ticks(SETTLES + 5, 0.1);
        ticks(5, 0.02);
        assertThat(state.finding().settled()).isEmpty();
        assertThat(state.settling()).isEmpty();

        ticks(3, 0.1);
        assertThat(state.finding().change().orElseThrow().before()).isBetween(0.018, 0.022);
    }

    @Test
    void isLearntAnewWhenAnotherChangeLasts() {
        ticks(LEARNT, 0.02);
        ticks(SETTLES + 5, 0.1);
        ticks(SETTLES + 5, 0.4);
        assertThat(state.finding().change()).isEmpty();
        ticks(4, 1.6);
        assertThat(state.finding().change().orElseThrow().before()).isBetween(0.36, 0.44);
    }

    @Test
    void ofAShareIsLearntToo() {
        state = SeriesState.unknown(SeriesKind.ERRORS, "1");
        errors(LEARNT, 1);
        errors(SETTLES + 5, 50);
        assertThat(state.finding().change()).isEmpty();
        errors(4, 300);
        assertThat(state.finding().change().orElseThrow().before()).isBetween(0.04, 0.06);
    }

    private void ticks(int count, double seconds) {
        for (int i = 0; i < count; i++) {
            double noise = Math.exp(0.1 * random.nextGaussian());
            taken(new Observation(Ticks.at(++tick), Ticks.INTERVAL, "a", "", 1000 * seconds * noise, 1000));
        }
    }

    private void errors(int count, int perThousand) {
        for (int i = 0; i < count; i++) {
            taken(new Observation(
                    Ticks.at(++tick), Ticks.INTERVAL, "a", "", perThousand + random.nextInt(3) - 1, 1000));
        }
    }

    private void taken(Observation seen) {
        state = series.close(series.absorb(state, seen).next());
    }
}
