package dev.andon.decide;

import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.List;

/**
 * Why a rollout must not widen for a while, although nobody says that it does harm.
 *
 * @param until from then on it may
 * @param reason one sentence, in which every number has a unit
 * @param evidence what was seen; empty where nothing needs to be
 */
record Precaution(Instant until, String reason, List<Evidence> evidence) {
    Precaution {
        evidence = List.copyOf(evidence);
    }

    /** A HOLD of a suspect says how probable its guilt is; one that is a precaution suspects nobody. */
    static boolean isOne(Signal signal) {
        return signal.action() == Action.HOLD && signal.probability().isEmpty();
    }

    /** A HOLD for what an effect comes to if it goes on to follow the rollout. */
    static boolean isForecast(Signal signal) {
        return isOne(signal)
                && signal.evidence().stream().anyMatch(evidence -> evidence.kind() == Evidence.Kind.FORECAST);
    }
}
