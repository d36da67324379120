package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void spreadsTheTargetsOverTheFirstInterval() {
        assertThat(Schedule.first(100 * SECOND, INTERVAL, 0)).isEqualTo(new Schedule(100 * SECOND, 0));
        assertThat(Schedule.first(100 * SECOND, INTERVAL, 0.5)).isEqualTo(new Schedule(102 * SECOND + SECOND / 2, 0));
    }

    @Test
    void keepsTheIntervalFromStartToStart() {
        assertThat(new Schedule(0, 0).afterSuccess(10 * SECOND, 11 * SECOND, INTERVAL))
                .isEqualTo(new Schedule(15 * SECOND, 0));
    }

    @Test
    void leavesASlowTargetAloneForAsLongAsItsAnswerTook() {
        assertThat(new Schedule(0, 0).afterSuccess(10 * SECOND, 14 * SECOND, INTERVAL))
                .isEqualTo(new Schedule(18 * SECOND, 0));
    }

    @Test
    void backsOffFromATargetThatKeepsFailingUpToEightIntervals() {
        var pauses = new ArrayList<Long>();
        var schedule = new Schedule(0, 0);
        for (int i = 0; i < 100; i++) {
            schedule = schedule.afterFailure(0, INTERVAL, 0);
            pauses.add(schedule.dueNanos() / SECOND);
        }

        assertThat(pauses.subList(0, 5)).isEqualTo(List.of(5L, 10L, 20L, 40L, 40L));
        assertThat(pauses.get(99)).isEqualTo(40);
        assertThat(schedule.failures()).isEqualTo(100);
    }

    @Test
    void stretchesOnlyTheBackoffByTheJitter() {
        assertThat(new Schedule(0, 0).afterFailure(0, INTERVAL, 0.5)).isEqualTo(new Schedule(5 * SECOND, 1));
        assertThat(new Schedule(0, 1).afterFailure(0, INTERVAL, 0.5)).isEqualTo(new Schedule(11 * SECOND, 2));
    }

    @Test
    void returnsToTheIntervalAfterOneSuccess() {
        assertThat(new Schedule(0, 7).afterSuccess(0, SECOND, INTERVAL)).isEqualTo(new Schedule(5 * SECOND, 0));
    }
}
