package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A user's numbers are judged alike in every unit (scale). They are not judged alike about every level (shift): a part of the
 * level is tolerated and asked for, so 100 more of 1,000,000 is nothing while 100 more of 100 is a lot.
 */
abstract class NumberContract extends DetectorContract {
    private static final double USUAL = 100;

    private final double worse;

    /** @param worse level of the worse regime */
    NumberContract(SeriesKind kind, double worse) {
        super(Subject.level(kind));
        this.worse = worse;
    }

    @Override
    Tick usual(int number, Random random) {
        return Ticks.tick(number, USUAL + 3 * random.nextGaussian(), 1);
    }

    @Override
    Tick worse(int number, Random random) {
        return Ticks.tick(number, worse + 3 * random.nextGaussian(), 1);
    }

    @Override
    Tick constant(int number, double part) {
        return Ticks.tick(number, 1e6 * (2 * part - 1), 1);
    }

    @Override
    Tick wild(int number, double part) {
        return Ticks.tick(number, Math.signum(worse - USUAL) * Math.exp(part * Math.log(1e300)), 1);
    }

    @Property(tries = 50)
    void judgesAlikeInEveryUnit(@ForAll long seed, @ForAll @IntRange(min = -20, max = 20) int power) {
        double factor = Math.pow(2, power) / 3;
        List<Tick> ticks = shifted(seed);
        List<Tick> scaled =
                ticks.stream().map(tick -> valued(tick, factor * tick.value())).toList();
        judgedAlike(ticks, scaled);
        Finding.Change one = last(subject, ticks);
        Finding.Change other = last(subject, scaled);
        assertThat(other.before() / one.before()).isCloseTo(factor, within(1e-6 * factor));
        assertThat(other.after() / one.after()).isCloseTo(factor, within(1e-6 * factor));
        assertThat(other.matters()).isEqualTo(one.matters());
    }

    @Property(tries = 50)
    void demandsMoreOfTheSameRiseAboutAHigherLevel(@ForAll long seed, @ForAll @IntRange(min = 1_000) int lift) {
        List<Tick> ticks = shifted(seed);
        List<Tick> lifted =
                ticks.stream().map(tick -> valued(tick, tick.value() + lift)).toList();
        assertThat(subject.live(lifted))
                .allMatch(finding -> finding.change().map(c -> !c.matters()).orElse(true));
    }

    static Finding.Change last(Subject subject, List<Tick> ticks) {
        return subject.live(ticks).get(ticks.size() - 1).change().orElseThrow();
    }
}
