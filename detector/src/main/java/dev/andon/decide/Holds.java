package dev.andon.decide;

import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How precautions stand among the other signals: the stronger and the longer one counts. Not thread-safe. */
final class Holds {
    /** A HOLD is prolonged by at least this much before its end is near, so that it is not said at every tick. */
    private static final Duration WORTH_SAYING = Duration.ofMinutes(1);

    private final Settings settings;
    private final Standings standings;
    private final Table<Standing> table;

    Holds(Settings settings, Standings standings, Table<Standing> table) {
        this.settings = settings;
        this.standings = standings;
        this.table = table;
    }

    /** Whether a HALT or a HOLD of a suspect stands, or a precaution that has not run out. */
    boolean heldAfter(String rolloutId, Instant time) {
        return standings
                .ofRollout(rolloutId)
                .filter(s -> !Precaution.isOne(s.signal())
                        || s.signal().until().map(time::isBefore).orElse(false))
                .isPresent();
    }

    /** Whether it is held because it may be the cause. */
    boolean suspects(String rolloutId) {
        return standings
                .ofRollout(rolloutId)
                .filter(standing -> standing.action() == Action.HOLD && !Precaution.isOne(standing.signal()))
                .isPresent();
    }

    /** Lets a precaution stand, unless something stronger or longer does. */
    void holdUntil(Signal hold, List<Signal> signals) {
        Optional<Standing> standing = hold.rolloutId().flatMap(standings::ofRollout);
        boolean weaker = standing.map(s -> s.action() == Action.HOLD
                        && s.signal().until().map(end -> sooner(end, hold)).orElse(true))
                .orElse(true);
        if (weaker) standings.stand(hold, signals);
    }

    /** Whether a HOLD that ends at {@code end} is worth being said anew as {@code hold}. */
    private boolean sooner(Instant end, Signal hold) {
        Duration longer = Duration.between(end, hold.until().orElse(end));
        if (longer.isNegative() || longer.isZero()) return false;
        boolean nearlyOver = !end.isAfter(hold.time().plus(settings.reportEvery()));
        return nearlyOver || longer.compareTo(WORTH_SAYING) >= 0;
    }

    /** What was held as a precaution for this cluster goes free when the reason is gone. */
    void noLongerHeld(String rolloutId, ClusterReport report, List<Signal> signals) {
        standings.ofRollout(rolloutId).ifPresent(standing -> {
            if (!Precaution.isOne(standing.signal()) || !standing.cluster().equals(report.cluster())) return;
            String key = Standings.ROLLOUT + rolloutId;
            Instant until = standing.signal().until().orElse(report.time());
            // A forecast comes and goes with the noise, and must not stop and start a rollout every second.
            boolean forecast = standing.signal().evidence().stream().anyMatch(e -> e.kind() == Evidence.Kind.FORECAST);
            if (forecast && until.isAfter(report.time())) return;
            if (until.isAfter(report.time())) {
                standings.end(key, standing, report.time(), "nothing speaks against widening any more", signals);
            } else {
                // It has run out by itself, as it said that it would.
                table.remove(key);
            }
        });
    }
}
