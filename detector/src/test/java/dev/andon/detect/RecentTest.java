package dev.andon.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent recent = ticks(200);

    private static Recent ticks(int count) {
        Recent recent = Recent.NONE;
        for (int tick = 1; tick <= count; tick++) recent = recent.with(Ticks.at(tick), tick % 10, Recent.LONG);
        return recent;
    }

    @Test
    void tellsTheNewestFourMinutesOfFiveSecondTicks() {
        assertThat(recent.points()).hasSize(48);
        assertThat(recent.points().get(0).time()).isEqualTo(Ticks.at(153));
        assertThat(recent.points().get(47)).isEqualTo(new EffectPoint(Ticks.at(200), 0));
    }

    @Test
    void tellsOlderOnesWhereTheyAreAskedFor() {
        assertThat(recent.points(Ticks.at(120))).hasSize(81).first().satisfies(point -> {
            assertThat(point.time()).isEqualTo(Ticks.at(120));
            assertThat(point.effect()).isZero();
        });
    }

    @Test
    void remembersTwiceAsMuch() {
        assertThat(recent.points(Instant.EPOCH)).hasSize(96);
    }

    @Test
    void tellsAllThatThereIs() {
        assertThat(ticks(3).points(Instant.EPOCH)).hasSize(3);
        assertThat(Recent.NONE.points(Instant.EPOCH)).isEmpty();
    }
}
