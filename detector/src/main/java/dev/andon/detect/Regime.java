package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of one regime of a series: the state of the one test that its kind has.
 *
 * @param level state of the test for numbers; absent for shares
 * @param share state of the test for shares; absent for numbers
 */
public record Regime(Optional<LevelState> level, Optional<ShareState> share) {
    /** The state to keep, and what the series says now. */
    record Step(Regime next, Finding finding) {}

    static Regime unknown(SeriesKind kind) {
        return kind.isShare()
                ? new Regime(Optional.empty(), Optional.of(ShareState.EMPTY))
                : new Regime(Optional.of(LevelState.EMPTY), Optional.empty());
    }

    Step step(SeriesKind kind, DetectSettings settings, Tick tick) {
        if (level.isPresent()) {
            LevelDetector.Step step = new LevelDetector(kind, settings).step(level.get(), tick);
            return new Step(new Regime(Optional.of(step.next()), share), step.finding());
        }
        ShareDetector.Step step = new ShareDetector(kind, settings).step(share.orElseThrow(), tick);
        return new Step(new Regime(level, Optional.of(step.next())), step.finding());
    }

    /**
     * The warm-up of this regime as a past, in the effects that it would have had against what it taught.
     *
     * @param known the same regime after its last tick of warm-up
     * @param last that tick
     */
    Recent past(Regime known, SeriesKind kind, DetectSettings settings, Tick last) {
        if (level.isEmpty() || known.level().isEmpty()) return Recent.NONE;
        double[] seen = level.get().warmup();
        LevelDetector detector = new LevelDetector(kind, settings);
        LevelBaseline usual = known.level().get().usual();
        Recent past = Recent.NONE;
        for (int i = 0; i < seen.length; i++) {
            Duration ago = last.interval().multipliedBy(seen.length - i);
            Instant end = last.end().minus(ago);
            Tick tick = new Tick(end, last.interval(), seen[i], last.weight());
            past = past.with(end, detector.effect(usual, tick), Recent.LONG);
        }
        return past;
    }
}
