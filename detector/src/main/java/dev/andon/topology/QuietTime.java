package dev.andon.topology;

import dev.andon.topology.TopologySettings.WallClock;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Says, by the clock on the wall, when nothing arrives and how far event time may then be moved. */
final class QuietTime {
    private final WallClock settings;
    private long quietFromMillis;

    private QuietTime(WallClock settings, long nowMillis) {
        this.settings = settings;
        this.quietFromMillis = nowMillis + settings.quietAfterStart().toMillis();
    }

    /** What to do at every look at the clock. */
    interface Tick {
        /** @param eventTime where event time has to be by now; absent while inputs move it */
        void at(Optional<Instant> eventTime);
    }

    /** Calls {@code tick} for as long as the task lives. */
    static QuietTime start(WallClock settings, ProcessingContext context, Tick tick) {
        QuietTime quiet = new QuietTime(settings, context.currentSystemTimeMs());
        // The task cancels its punctuations when it closes.
        var unused = context.schedule(
                settings.every(), PunctuationType.WALL_CLOCK_TIME, now -> tick.at(quiet.eventTime(now)));
        return quiet;
    }

    /** Something arrived. */
    void arrived(long nowMillis) {
        quietFromMillis = nowMillis + settings.quietAfter().toMillis();
    }

    private Optional<Instant> eventTime(long nowMillis) {
        if (nowMillis < quietFromMillis) return Optional.empty();
        return Optional.of(Instant.ofEpochMilli(nowMillis).minus(settings.allowance()));
    }
}
