package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectorWatchTest {
    private final List<String> restarts = new ArrayList<>();
    private final SetClock clock = new SetClock();
    private ConnectorStatus.State state = ConnectorStatus.State.FAILED;
    private final ConnectorWatch watch = new ConnectorWatch(this::statuses, restarts::add, clock);

    @Test
    void leavesAConnectorAloneThatRuns() {
        state = ConnectorStatus.State.RUNNING;
        lookEverySecond(600);
        assertThat(restarts).isEmpty();
    }

    @Test
    void restartsAFailedConnectorAfterTenSeconds() {
        lookEverySecond(10);
        assertThat(restarts).isEmpty();
        lookEverySecond(1);
        assertThat(restarts).containsExactly("sink");
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToFiveMinutes() {
        List<Long> times = new ArrayList<>();
        for (int second = 0; second < 1200; second++) {
            int before = restarts.size();
            lookEverySecond(1);
            if (restarts.size() > before) {
                times.add((long) second);
            }
        }
        assertThat(times).containsExactly(10L, 30L, 70L, 150L, 310L, 610L, 910L);
    }

    @Test
    void beginsAnewWhenAConnectorHasRunForLong() {
        lookEverySecond(40);
        assertThat(restarts).hasSize(2);
        state = ConnectorStatus.State.RUNNING;
        lookEverySecond(600);
        state = ConnectorStatus.State.FAILED;
        lookEverySecond(11);
        assertThat(restarts).hasSize(3);
    }

    @Test
    void goesOnWhenTheWorkerCannotAnswer() {
        ConnectorWatch broken = new ConnectorWatch(
                () -> {
                    throw new IllegalStateException("worker is stopping");
                },
                restarts::add,
                clock);
        broken.look();
        assertThat(restarts).isEmpty();
    }

    private List<ConnectorStatus> statuses() {
        return List.of(new ConnectorStatus(
                "sink",
                ConnectorStatus.State.RUNNING,
                Optional.empty(),
                List.of(new ConnectorStatus.Task(0, state, Optional.of("boom")))));
    }

    private void lookEverySecond(int seconds) {
        for (int i = 0; i < seconds; i++) {
            watch.look();
            clock.now = clock.now.plus(Duration.ofSeconds(1));
        }
    }

    /** A clock that stands still until it is set. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
