package dev.andon.detect;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FallingNumberContractTest extends NumberContract {
    FallingNumberContractTest() {
        super(SeriesKind.NUMBER_LOWER, 40);
    }

    @Property(tries = 20)
    void isTheMirrorOfARisingNumber(@ForAll long seed) {
        List<Tick> ticks = shifted(seed);
        double[] mirrored = Subject.level(SeriesKind.NUMBER_HIGHER)
                .evidence(
                        ticks.stream().map(tick -> valued(tick, -tick.value())).toList());
        org.assertj.core.api.Assertions.assertThat(subject.evidence(ticks)).containsExactly(mirrored);
    }
}
