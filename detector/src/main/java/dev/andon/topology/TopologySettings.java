package dev.andon.topology;

import dev.andon.decide.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * What the topology needs to know besides the names of its topics.
 *
 * @param decisions what a decision depends on
 * @param futureTolerance how far a time may lie ahead of the clock before its record is refused
 * @param wallClock what happens when nothing arrives; absent in a replay, whose time is that of its inputs only
 */
public record TopologySettings(Settings decisions, Duration futureTolerance, Optional<WallClock> wallClock) {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    /**
     * When the clock on the wall takes over from the time of the inputs.
     *
     * @param every how often it is looked at; what is complete waits at most this long
     * @param quietAfter time without any input after which event time follows the clock
     * @param quietAfterStart the same for the time right after a start, when a backlog may still be on its way
     * @param allowance how far behind the clock event time then stays, for samples that are still under way
     */
    public record WallClock(Duration every, Duration quietAfter, Duration quietAfterStart, Duration allowance) {
        public static final WallClock DEFAULT = new WallClock(
                Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(5));

        public WallClock {
            if (every.toMillis() < 1) {
                throw new IllegalArgumentException("every must be at least 1 ms but was " + every.toMillis() + " ms");
            }
        }
    }

    public TopologySettings {
        if (futureTolerance.isNegative()) {
            throw new IllegalArgumentException(
                    "futureTolerance must be >= 0 but was " + futureTolerance.toMillis() + " ms");
        }
    }

    /** For live operation. */
    public static TopologySettings live(Settings decisions) {
        return new TopologySettings(decisions, TWO_MINUTES, Optional.of(WallClock.DEFAULT));
    }

    /** For a replay: the same inputs give the same signals, however long the machine takes. */
    public static TopologySettings replay(Settings decisions) {
        return new TopologySettings(decisions, TWO_MINUTES, Optional.empty());
    }
}
