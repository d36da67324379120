package dev.andon.decide;

import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How precautions stand among the other signals: the stronger and the longer one counts. Not thread-safe. */
final class Holds {
    /** A HOLD is prolonged by at least this much before its end is near, so that it is not said at every tick. */
    private static final Duration WORTH_SAYING = Duration.ofMinutes(1);

    /** Least ticks for which a suspect may go on before it is held again, and how often it is. */
    private static final int GOES_ON = 2;

    private static final int MOST_STEPS = 4;

    private final Settings settings;
    private final Standings standings;
    private final Table<Standing> table;

    Holds(Settings settings, Standings standings, Table<Standing> table) {
        this.settings = settings;
        this.standings = standings;
        this.table = table;
    }

    /** Holds a suspect, and holds it again where it has gone on for a while and is still suspected: it widens step by step. */
    void holdSuspect(Signal hold, List<Signal> signals) {
        String rolloutId = hold.rolloutId().orElseThrow();
        Optional<Standing> standing = standings.ofRollout(rolloutId);
        if (standing.isEmpty()) {
            standings.stand(hold, signals);
            return;
        }
        Standing before = standing.get();
        Optional<Instant> until = before.signal().until();
        if (before.action() != Action.HOLD || until.isEmpty()) return;
        boolean precaution = Precaution.isOne(before.signal());
        Duration goesOn =
                precaution ? Duration.ZERO : settings.detect().leastTick().multipliedBy(GOES_ON);
        if (until.get().plus(goesOn).isAfter(hold.time())) return;
        if (precaution) {
            standings.stand(hold, signals);
        } else if (before.repeats() < MOST_STEPS) {
            table.put(Standings.ROLLOUT + rolloutId, before.repeated(hold));
            signals.add(hold);
        }
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
            if (Precaution.isForecast(standing.signal()) && until.isAfter(report.time())) return;
            if (until.isAfter(report.time())) {
                standings.end(key, standing, report.time(), "nothing speaks against widening any more", signals);
            } else {
                // It has run out by itself, as it said that it would.
                table.remove(key);
            }
        });
    }
}
