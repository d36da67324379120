package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.andon.codec.StateCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * What every detector keeps, whatever it tests.
 *
 * <p>Equivariance that holds for all: findings do not depend on when in history they are made. How each answers to other units
 * and other levels is in the contract of its kind.
 */
abstract class DetectorContract {
    static final int SETTLED = 60;
    private static final int SHIFTED = 20;
    private static final double ROUNDING = 1e-6;

    final Subject subject;

    DetectorContract(Subject subject) {
        this.subject = subject;
    }

    /** @return a tick of the usual regime, at {@code Ticks.at(number)} */
    abstract Tick usual(int number, Random random);

    /** @return a tick of a regime that is worse, and by so much that it matters */
    abstract Tick worse(int number, Random random);

    /** @return the same tick every time, at a level that {@code part} in [0, 1] picks */
    abstract Tick constant(int number, double part);

    /** A usual regime, and then a worse one. */
    final List<Tick> shifted(long seed) {
        Random random = new Random(seed);
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < SETTLED; i++) ticks.add(usual(i, random));
        for (int i = SETTLED; i < SETTLED + SHIFTED; i++) ticks.add(worse(i, random));
        return ticks;
    }

    @Property(tries = 50)
    void neverAlarmsOnConstantInput(@ForAll @DoubleRange(min = 0, max = 1) double part) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < 300; i++) ticks.add(constant(i, part));
        assertThat(subject.evidence(ticks)).containsOnly(0);
    }

    @Property(tries = 20)
    void neverAlarmsOnConstantInputWithGaps(@ForAll long seed) {
        Random random = new Random(seed);
        List<Tick> ticks = new ArrayList<>();
        int number = 0;
        for (int i = 0; i < 200; i++) {
            number += 1 + (random.nextInt(5) == 0 ? random.nextInt(1_000) : 0);
            ticks.add(constant(number, 0.5));
        }
        assertThat(subject.evidence(ticks)).containsOnly(0);
    }

    @Property(tries = 50)
    void findsWhatIsWorseAndSaysSinceWhen(@ForAll @IntRange(max = 1_000) int seed) {
        Finding last = subject.live(shifted(seed)).get(SETTLED + 9);
        assertThat(last.evidence()).isGreaterThan(Subject.SETTINGS.evidenceNeeded());
        Finding.Change change = last.change().orElseThrow();
        assertThat(change.matters()).isTrue();
        assertThat(change.onset()).isBetween(Ticks.at(SETTLED - 4), Ticks.at(SETTLED - 1));
        assertThat(change.onset().plus(Ticks.INTERVAL.multipliedBy(change.samples())))
                .isEqualTo(Ticks.at(SETTLED + 9));
    }

    @Property(tries = 20)
    void takesAGapForNothingElse(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000) int missing) {
        List<Tick> whole = shifted(seed);
        List<Tick> torn = new ArrayList<>(whole.subList(0, SETTLED / 2));
        whole.subList(SETTLED / 2, whole.size())
                .forEach(tick -> torn.add(later(tick, Ticks.INTERVAL.multipliedBy(missing))));
        assertThat(subject.evidence(torn)).containsExactly(subject.evidence(whole));
    }

    @Property(tries = 20)
    void doesNotCareWhenInHistoryItIs(@ForAll long seed, @ForAll @IntRange(min = -1_000_000) int seconds) {
        Duration moved = Duration.ofSeconds(seconds);
        List<Tick> ticks = shifted(seed);
        List<Finding> then = subject.live(ticks);
        List<Finding> now =
                subject.live(ticks.stream().map(tick -> later(tick, moved)).toList());
        assertThat(now).isEqualTo(then.stream().map(f -> later(f, moved)).toList());
    }

    @Test
    void isNotChangedByWhatIsNotANumber() {
        List<Tick> ticks = shifted(1);
        for (int after : new int[] {0, 3, SETTLED, SETTLED + 2, SETTLED + SHIFTED - 1}) {
            SeriesState state = subject.after(ticks.subList(0, after));
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                assertThat(subject.step(state, Ticks.tick(after, bad, 500)).next())
                        .isEqualTo(state);
            }
            for (double weight : new double[] {Double.NaN, 0, -1}) {
                Tick weightless = Ticks.tick(after, usual(0, new Random(1)).value(), weight);
                assertThat(subject.step(state, weightless).next()).isEqualTo(state);
            }
        }
    }

    @Property(tries = 20)
    void replaysWhatItSaidLive(@ForAll long seed) {
        List<Tick> ticks = shifted(seed);
        List<Finding> live = subject.live(ticks);
        assertThat(subject.live(ticks)).isEqualTo(live);
        assertThat(subject.live(ticks, DetectorContract::stored)).isEqualTo(live);
    }

    @Property(tries = 20)
    void changesNoStateThatItIsGiven(@ForAll long seed, @ForAll @IntRange(max = SETTLED + SHIFTED - 1) int after) {
        List<Tick> ticks = shifted(seed);
        SeriesState state = subject.after(ticks.subList(0, after));
        byte[] before = StateCodec.SERIES.encode(state);
        Subject.Step once = subject.step(state, ticks.get(after));
        assertThat(StateCodec.SERIES.encode(state)).isEqualTo(before);
        assertThat(subject.step(state, ticks.get(after))).isEqualTo(once);
    }

    @Property(tries = 20)
    void keepsItsStateInBytes(@ForAll long seed, @ForAll @IntRange(max = SETTLED + SHIFTED) int after) {
        SeriesState state = subject.after(shifted(seed).subList(0, after));
        assertThat(stored(state)).isEqualTo(state);
    }

    @Property(tries = 50)
    void isNotConvincedByOneTickHoweverWild(@ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double part) {
        List<Tick> ticks = shifted(seed).subList(0, SETTLED);
        SeriesState state = subject.after(ticks);
        double before = subject.live(ticks).get(SETTLED - 1).evidence();
        double after = subject.step(state, wild(SETTLED, part)).finding().evidence();
        assertThat(after - before).isLessThan(Subject.SETTINGS.evidenceNeeded());
    }

    /** @return a tick as far off as may come, the farther the larger {@code part} is */
    abstract Tick wild(int number, double part);

    @Property(tries = 50)
    void alwaysSpeaksInNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        SeriesState state = subject.unknown();
        for (int i = 0; i < 80; i++) {
            Tick tick = random.nextInt(4) == 0 ? wild(i, random.nextDouble()) : usual(i, random);
            Subject.Step step = subject.step(state, tick);
            state = step.next();
            assertThat(step.finding().evidence()).isBetween(0.0, 1e3);
            assertThat(step.finding().effect()).isBetween(0.0, 1e6);
            step.finding().change().ifPresent(change -> {
                assertThat(change.after()).isFinite();
                assertThat(change.before()).isFinite();
                assertThat(change.onset()).isBefore(tick.end());
                assertThat(change.samples()).isPositive();
            });
        }
    }

    static SeriesState stored(SeriesState state) {
        return StateCodec.SERIES.decode(StateCodec.SERIES.encode(state));
    }

    /** Asserts that two streams are judged alike. */
    final void judgedAlike(List<Tick> one, List<Tick> other) {
        double[] expected = subject.evidence(one);
        double[] seen = subject.evidence(other);
        for (int i = 0; i < expected.length; i++) {
            assertThat(seen[i]).as("evidence after tick %d", i).isCloseTo(expected[i], within(ROUNDING));
        }
    }

    static Tick valued(Tick tick, double value) {
        return new Tick(tick.end(), tick.interval(), value, tick.weight());
    }

    private static Tick later(Tick tick, Duration by) {
        return new Tick(tick.end().plus(by), tick.interval(), tick.value(), tick.weight());
    }

    private static Finding later(Finding finding, Duration by) {
        return new Finding(
                finding.warmingUp(),
                finding.evidence(),
                finding.effect(),
                finding.sources(),
                finding.change().map(change -> later(change, by)),
                finding.settled().map(change -> later(change, by)));
    }

    private static Finding.Change later(Finding.Change c, Duration by) {
        Instant onset = c.onset().plus(by);
        return new Finding.Change(c.before(), c.after(), onset, c.samples(), c.elevated(), c.matters(), c.calm());
    }
}
