package dev.andon.detect;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MovingNumberContractTest extends NumberContract {
    MovingNumberContractTest() {
        super(SeriesKind.NUMBER_EITHER, 30);
    }

    @Property(tries = 20)
    void doesNotCareWhichWayIsUp(@ForAll long seed) {
        List<Tick> ticks = shifted(seed);
        judgedAlike(
                ticks, ticks.stream().map(tick -> valued(tick, -tick.value())).toList());
    }
}
