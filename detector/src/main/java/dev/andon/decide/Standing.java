package dev.andon.decide;

import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.Optional;

/**
 * The signal that stands for a rollout, or the alarm that stands for a cluster: at most one each.
 *
 * @param signal as it was said last: HALT or HOLD for a rollout, ALARM for a cluster; CLEAR where the row only remembers
 *     what stood
 * @param cluster whose recovery ends it; empty where it was given by hand for everywhere
 * @param since when it was said first
 * @param calmSince since when the cluster has been fine again
 * @param verified when a sink saw the rollout stand still
 * @param ends when an order given by hand runs out; absent where the detector decided
 * @param repeats how often it was said again because the rollout went on
 * @param relapses how often the rollout did harm again soon after it was cleared
 * @param rollbackAsked whether it was said that stopping was not enough
 */
public record Standing(
        Signal signal,
        String cluster,
        Instant since,
        Optional<Instant> calmSince,
        Optional<Instant> verified,
        Optional<Instant> ends,
        long repeats,
        long relapses,
        boolean rollbackAsked) {

    static Standing begin(Signal signal, long relapses) {
        return new Standing(
                signal,
                signal.cluster().orElse(""),
                signal.time(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                relapses,
                false);
    }

    Action action() {
        return signal.action();
    }

    Standing withCalmSince(Optional<Instant> calm) {
        return new Standing(signal, cluster, since, calm, verified, ends, repeats, relapses, rollbackAsked);
    }

    /** Another cluster is still hurt by the same. */
    Standing in(String other) {
        return new Standing(signal, other, since, Optional.empty(), verified, ends, repeats, relapses, rollbackAsked);
    }

    Standing withVerified(Instant when) {
        return new Standing(
                signal, cluster, since, calmSince, Optional.of(when), ends, repeats, relapses, rollbackAsked);
    }

    Standing withEnds(Instant end) {
        return new Standing(
                signal, cluster, since, calmSince, verified, Optional.of(end), repeats, relapses, rollbackAsked);
    }

    /** Said once more. */
    Standing saidAgain(Signal again) {
        return new Standing(again, cluster, since, calmSince, verified, ends, repeats, relapses, rollbackAsked);
    }

    /** Said once more because the rollout went on. */
    Standing repeated(Signal again) {
        return new Standing(again, cluster, since, calmSince, verified, ends, repeats + 1, relapses, rollbackAsked);
    }

    /** Said once more because stopping was not enough. */
    Standing askedForRollback(Signal again) {
        return new Standing(again, cluster, since, calmSince, verified, ends, repeats, relapses, true);
    }
}
