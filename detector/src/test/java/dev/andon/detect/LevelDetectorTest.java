package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LevelDetectorTest {
    private static final DetectSettings SETTINGS = DetectSettings.forBudget(0.001);
    private static final double TWENTY_MILLIS = Math.log(0.02);

    private final LevelDetector latency = new LevelDetector(SeriesKind.LATENCY, SETTINGS);
    private final Random random = new Random(7);

    @Test
    void saysThatItIsWarmingUpUntilItCanJudge() {
        assertThat(last(latency, Ticks.of(0, SETTINGS.warmupTicks() - 1, 50, this::noise))
                        .warmingUp())
                .isTrue();
        assertThat(last(latency, Ticks.of(0, SETTINGS.warmupTicks(), 50, this::noise))
                        .warmingUp())
                .isFalse();
    }

    @Property(tries = 50)
    void neverAlarmsOnConstantInput(@ForAll @DoubleRange(min = -10, max = 10) double level) {
        Finding finding = last(latency, Ticks.of(0, 500, 20, () -> level));
        assertThat(finding.evidence()).isZero();
        assertThat(finding.change()).isEmpty();
    }

    @Test
    void findsTheOnsetAndTheSizeOfAThreefoldLatency() {
        LevelState state = warm(latency, 60);
        Finding finding = Finding.quiet(0);
        for (Tick tick : Ticks.of(60, 4, 50, () -> noise() + Math.log(3))) {
            LevelDetector.Step step = latency.step(state, tick);
            state = step.next();
            finding = step.finding();
        }
        assertThat(finding.evidence()).isGreaterThan(SETTINGS.evidenceNeeded());
        Finding.Change change = finding.change().orElseThrow();
        assertThat(change.onset()).isEqualTo(Ticks.at(59));
        assertThat(change.after() / change.before()).isCloseTo(3, within(0.8));
        assertThat(change.matters()).isTrue();
    }

    @Test
    void isNotConvincedByASpikeOfTwoTicks() {
        LevelState state = warm(latency, 60);
        for (int i = 60; i < 62; i++)
            state = latency.step(state, Ticks.tick(i, TWENTY_MILLIS + 5, 50)).next();
        Finding after = latency.step(state, Ticks.tick(62, noise(), 50)).finding();
        assertThat(after.evidence()).isLessThan(SETTINGS.evidenceNeeded());
    }

    @Test
    void forgetsAChangeThatIsOver() {
        LevelState state = warm(latency, 60);
        for (int i = 60; i < 70; i++)
            state = latency.step(state, Ticks.tick(i, TWENTY_MILLIS + 2, 50)).next();
        Finding finding = Finding.quiet(0);
        for (int i = 70; i < 73; i++) {
            LevelDetector.Step step = latency.step(state, Ticks.tick(i, TWENTY_MILLIS, 50));
            state = step.next();
            finding = step.finding();
        }
        assertThat(finding.change()).isEmpty();
    }

    @Test
    void learnsNothingFromWhatItFlags() {
        LevelState state = warm(latency, 60);
        double level = state.usual().level();
        for (int i = 60; i < 100; i++)
            state = latency.step(state, Ticks.tick(i, TWENTY_MILLIS + 2, 50)).next();
        assertThat(state.usual().level()).isCloseTo(level, within(0.15));
    }

    @Test
    void comparesASlowRiseWithWhatWasUsualBeforeItBegan() {
        LevelState state = warm(latency, 120);
        Finding finding = Finding.quiet(0);
        for (int i = 120; i < 160; i++) {
            double risen = noise() + Math.log(1.5) * (i - 120) / 20;
            LevelDetector.Step step = latency.step(state, Ticks.tick(i, risen, 50));
            state = step.next();
            finding = step.finding();
        }
        assertThat(finding.change().orElseThrow().before()).isCloseTo(0.02, within(0.002));
    }

    @Test
    void takesForUsualWhatLastsAndComesToNothing() {
        LevelState state = warm(latency, 120);
        for (int i = 120; i < 1_500; i++)
            state = latency.step(state, Ticks.tick(i, noise() + 0.12, 50)).next();
        assertThat(state.usual().level()).isCloseTo(TWENTY_MILLIS + 0.12, within(0.05));
    }

    @Test
    void isNotChangedByWhatIsNotANumber() {
        LevelState state = warm(latency, 60);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(latency.step(state, Ticks.tick(60, bad, 50)).next()).isEqualTo(state);
        }
        assertThat(latency.step(state, Ticks.tick(60, 1, 0)).next()).isEqualTo(state);
    }

    @Test
    void tellsTheDirectionThatIsWorse() {
        var lower = new LevelDetector(SeriesKind.NUMBER_LOWER, SETTINGS);
        LevelState state = LevelState.EMPTY;
        for (Tick tick : Ticks.of(0, 60, 1, () -> 100 + random.nextGaussian()))
            state = lower.step(state, tick).next();
        Finding rise = lower.step(state, Ticks.tick(60, 200, 1)).finding();
        Finding fall = lower.step(state, Ticks.tick(60, 50, 1)).finding();
        assertThat(rise.evidence()).isZero();
        assertThat(fall.evidence()).isPositive();
    }

    private double noise() {
        return TWENTY_MILLIS + 0.15 * random.nextGaussian();
    }

    private LevelState warm(LevelDetector detector, int ticks) {
        LevelState state = LevelState.EMPTY;
        for (Tick tick : Ticks.of(0, ticks, 50, this::noise))
            state = detector.step(state, tick).next();
        return state;
    }

    private static Finding last(LevelDetector detector, List<Tick> ticks) {
        LevelState state = LevelState.EMPTY;
        Finding finding = Finding.WARMING_UP;
        for (Tick tick : ticks) {
            LevelDetector.Step step = detector.step(state, tick);
            state = step.next();
            finding = step.finding();
        }
        return finding;
    }
}
