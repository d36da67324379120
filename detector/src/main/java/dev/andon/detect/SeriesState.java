package dev.andon.detect;

import java.time.Instant;
import java.util.Optional;

/**
 * Everything that is kept of one series between two records.
 *
 * @param kind which test it has
 * @param unit of the values, for a user's numbers
 * @param judgedUntil newest sample in the last closed tick; older ones come too late
 * @param sourcesExpected number of sources that the last ticks had
 * @param sourcesSeen those of the last tick, one bit each; a source that was not among them may be one of several new ones
 * @param open the tick that is being collected
 * @param level state of the test for numbers; absent for shares
 * @param share state of the test for shares; absent for numbers
 * @param finding what the series said after its last tick
 * @param recent effect in the last ticks
 * @param demand how many requests made the ticks; absent where ticks are not made of requests
 * @param slowerThan what counts in a tail, in seconds; absent where it is not one
 * @param settling what is learnt of the level to which a change that lasts has led; absent while there is none
 */
public record SeriesState(
        SeriesKind kind,
        String unit,
        Optional<Instant> judgedUntil,
        int sourcesExpected,
        long sourcesSeen,
        Optional<OpenTick> open,
        Optional<LevelState> level,
        Optional<ShareState> share,
        Finding finding,
        Recent recent,
        Optional<Demand> demand,
        Optional<Double> slowerThan,
        Optional<Regime> settling) {

    /** A series of which nothing is known yet. */
    public static SeriesState unknown(SeriesKind kind, String unit) {
        return unknown(kind, unit, Optional.empty());
    }

    /** @return a tail of which nothing is known yet but what counts in it */
    public static SeriesState unknownTail(double slowerThan) {
        return unknown(SeriesKind.SLOW, SeriesKind.SLOW.unit(), Optional.of(slowerThan));
    }

    private static SeriesState unknown(SeriesKind kind, String unit, Optional<Double> slowerThan) {
        Regime regime = Regime.unknown(kind);
        return new SeriesState(
                kind,
                unit,
                Optional.empty(),
                1,
                0,
                Optional.empty(),
                regime.level(),
                regime.share(),
                Finding.WARMING_UP,
                Recent.NONE,
                kind == SeriesKind.LATENCY ? Optional.of(Demand.UNKNOWN) : Optional.empty(),
                slowerThan,
                Optional.empty());
    }

    /** @return what is usual of a series of numbers now, be it for long or since a change that has settled; absent for shares */
    public Optional<Double> usualLevel() {
        Optional<LevelState> settled =
                finding.settled().flatMap(any -> settling).flatMap(Regime::level);
        return settled.or(() -> level).map(known -> known.usual().level());
    }

    /** @return whether it has begun or ceased to be measured from the level of a change that lasts, since {@code before} */
    public boolean settledOtherwise(SeriesState before) {
        return finding.settled().isPresent() != before.finding().settled().isPresent();
    }

    /** @return when the open tick closes although sources are missing */
    public Optional<Instant> due() {
        return open.map(OpenTick::due);
    }

    /** @return whether every source that is expected has reported up to the end of the tick, and no other one */
    public boolean complete() {
        return open.isPresent()
                && open.get().sources().size() >= sourcesExpected
                && open.get().completeSources() >= sourcesExpected
                && (open.get().sourceBits() & ~sourcesSeen) == 0;
    }
}
