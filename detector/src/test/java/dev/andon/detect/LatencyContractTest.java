package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Latencies are judged by ratios: seconds, milliseconds or slower machines make no difference to the evidence. Whether a
 * change matters is not equivariant, because 8 ms more count and 8 µs more do not.
 */
class LatencyContractTest extends DetectorContract {
    private static final double USUAL = Math.log(0.02);

    LatencyContractTest() {
        super(Subject.level(SeriesKind.LATENCY));
    }

    @Override
    Tick usual(int number, Random random) {
        return Ticks.tick(number, USUAL + 0.1 * random.nextGaussian(), 50);
    }

    @Override
    Tick worse(int number, Random random) {
        return Ticks.tick(number, USUAL + Math.log(4) + 0.1 * random.nextGaussian(), 50);
    }

    @Override
    Tick constant(int number, double part) {
        return Ticks.tick(number, Math.log(1e-6) + part * Math.log(1e8), 50);
    }

    /** Series takes no latency below a microsecond, and a sum of seconds is a finite double. */
    @Override
    Tick wild(int number, double part) {
        return Ticks.tick(number, Math.log(1e-6) + part * (Math.log(Double.MAX_VALUE) - Math.log(1e-6)), 50);
    }

    @Property(tries = 50)
    void judgesRatiosAlikeInEveryUnit(@ForAll long seed, @ForAll @IntRange(min = -10, max = 10) int power) {
        double factor = Math.pow(2, power) / 3;
        List<Tick> ticks = shifted(seed);
        judgedAlike(ticks, scaled(ticks, factor));
    }

    @Property(tries = 50)
    void reportsItsEffectInTheUnitItIsGiven(@ForAll long seed, @ForAll @IntRange(min = -10, max = 10) int power) {
        double factor = Math.pow(2, power) / 3;
        List<Tick> ticks = shifted(seed);
        Finding.Change one = last(ticks);
        Finding.Change other = last(scaled(ticks, factor));
        assertThat(other.before() / one.before()).isCloseTo(factor, within(1e-6 * factor));
        assertThat(other.after() / one.after()).isCloseTo(factor, within(1e-6 * factor));
        assertThat(other.onset()).isEqualTo(one.onset());
    }

    private Finding.Change last(List<Tick> ticks) {
        return subject.live(ticks).get(ticks.size() - 1).change().orElseThrow();
    }

    private static List<Tick> scaled(List<Tick> ticks, double factor) {
        return ticks.stream()
                .map(tick -> valued(tick, tick.value() + Math.log(factor)))
                .toList();
    }
}
