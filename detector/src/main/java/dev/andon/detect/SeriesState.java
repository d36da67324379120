package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is kept of one series between two records.
 *
 * @param kind which test it has
 * @param unit of the values, for a user's numbers
 * @param judgedUntil newest sample in the last closed tick; older ones come too late
 * @param sourcesExpected number of sources that the last ticks had
 * @param open the tick that is being collected
 * @param level state of the test for numbers; absent for shares
 * @param share state of the test for shares; absent for numbers
 * @param finding what the series said after its last tick
 */
public record SeriesState(
        SeriesKind kind,
        String unit,
        Optional<Instant> judgedUntil,
        int sourcesExpected,
        Optional<OpenTick> open,
        Optional<LevelState> level,
        Optional<ShareState> share,
        Finding finding) {

    /** A series of which nothing is known yet. */
    public static SeriesState unknown(SeriesKind kind, String unit) {
        boolean isShare = kind == SeriesKind.ERRORS;
        return new SeriesState(
                kind,
                unit,
                Optional.empty(),
                1,
                Optional.empty(),
                isShare ? Optional.empty() : Optional.of(LevelState.EMPTY),
                isShare ? Optional.of(ShareState.EMPTY) : Optional.empty(),
                Finding.WARMING_UP);
    }

    /** @return when the open tick closes although sources are missing */
    public Optional<Instant> due() {
        return open.map(tick -> tick.first().plus(tick.interval().dividedBy(2)));
    }

    /** @return whether every source that is expected has reported */
    public boolean complete() {
        return open.isPresent() && open.get().sources().size() >= sourcesExpected;
    }

    /** @return length of the newest tick */
    public Duration interval() {
        return open.map(OpenTick::interval).orElse(Duration.ZERO);
    }
}
