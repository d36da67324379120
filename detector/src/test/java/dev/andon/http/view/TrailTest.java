package dev.andon.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrailTest {
    @Test
    void keepsTheNewestRowsAsFineAsTheyCame() {
        Trail trail = filled(Trail.Full.FORGET_OLDEST, 1_000);
        assertThat(times(trail)).hasSizeBetween(24, 32).endsWith(998L, 999L);
        assertThat(trail.value(trail.rows() - 1, 1)).isEqualTo(1998);
    }

    @Test
    void keepsTheWholeStoryCoarserFromTheFirstRowToTheLast() {
        Trail trail = filled(Trail.Full.THIN_OUT, 1_000);
        assertThat(times(trail))
                .hasSizeBetween(16, 32)
                .startsWith(0L)
                .endsWith(999L)
                .isSorted();
        IntStream.range(0, trail.rows())
                .forEach(row -> assertThat(trail.value(row, 1)).isEqualTo(2.0 * trail.timeMillis(row)));
    }

    @Test
    void holdsOneRowPerInstantAndNoneThatCameLate() {
        Trail trail = new Trail(1, 32, Trail.Full.FORGET_OLDEST);
        trail.add(10, 1);
        trail.add(10, 2);
        trail.add(5, 3);
        assertThat(times(trail)).containsExactly(10L);
        assertThat(trail.value(0, 0)).isEqualTo(2);
    }

    private static Trail filled(Trail.Full whenFull, int rows) {
        Trail trail = new Trail(2, 32, whenFull);
        for (int i = 0; i < rows; i++) trail.add(i, i, 2.0 * i);
        return trail;
    }

    private static List<Long> times(Trail trail) {
        return IntStream.range(0, trail.rows()).mapToObj(trail::timeMillis).toList();
    }
}
