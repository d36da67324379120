package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Counts have no unit to change: 5 of 100 prove less than 500 of 10,000. So nothing is equivariant but this: more traffic with
 * the same shares never proves less.
 */
class ShareContractTest extends DetectorContract {
    private static final int TOTAL = 500;

    ShareContractTest() {
        super(Subject.share());
    }

    @Override
    Tick usual(int number, Random random) {
        return Ticks.tick(number, binomial(random, 0.004), TOTAL);
    }

    @Override
    Tick worse(int number, Random random) {
        return Ticks.tick(number, binomial(random, 0.15), TOTAL);
    }

    @Override
    Tick constant(int number, double part) {
        return Ticks.tick(number, Math.rint(part * TOTAL), TOTAL);
    }

    @Override
    Tick wild(int number, double part) {
        double total = Math.rint(Math.exp(part * Math.log(Long.MAX_VALUE)));
        return Ticks.tick(number, total, total);
    }

    @Property(tries = 50)
    void moreTrafficWithTheSameSharesProvesNoLess(@ForAll @IntRange(min = 2, max = 1_000) int times) {
        List<Tick> some = new ArrayList<>();
        for (int i = 0; i < SETTLED; i++) some.add(Ticks.tick(i, 2, TOTAL));
        some.add(Ticks.tick(SETTLED, 15, TOTAL));
        List<Tick> more = some.stream()
                .map(tick -> new Tick(tick.end(), tick.interval(), times * tick.value(), times * tick.weight()))
                .toList();
        assertThat(subject.evidence(more)[SETTLED]).isGreaterThanOrEqualTo(subject.evidence(some)[SETTLED]);
    }

    /** The baseline by its definition, as long as nothing is forgotten: all events of all requests. */
    @Property(tries = 50)
    void countsEverythingUntilItsMemoryIsFull(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int ticks) {
        Random random = new Random(seed);
        List<Tick> seen = new ArrayList<>();
        for (int i = 0; i < ticks; i++) seen.add(Ticks.tick(i, random.nextInt(3), TOTAL + random.nextInt(TOTAL)));
        ShareState state = subject.after(seen).share().orElseThrow();
        assertThat(state.usual().events())
                .isEqualTo(seen.stream().mapToDouble(Tick::value).sum());
        assertThat(state.usual().total())
                .isEqualTo(seen.stream().mapToDouble(Tick::weight).sum());
    }

    @Property(tries = 50)
    void refusesWhatCannotBeCounted(@ForAll @IntRange(min = 1, max = 1_000_000) int excess) {
        SeriesState state = subject.after(shifted(3).subList(0, SETTLED));
        assertThat(subject.step(state, Ticks.tick(SETTLED, TOTAL + excess, TOTAL))
                        .next())
                .isEqualTo(state);
        assertThat(subject.step(state, Ticks.tick(SETTLED, -excess, TOTAL)).next())
                .isEqualTo(state);
    }

    private static double binomial(Random random, double share) {
        int events = 0;
        for (int i = 0; i < TOTAL; i++) events += random.nextDouble() < share ? 1 : 0;
        return events;
    }
}
