package dev.andon.decide;

import dev.andon.domain.Action;
import java.time.Instant;
import java.util.Optional;

/**
 * The signal that stands for a rollout, or the alarm that stands for a cluster: at most one each.
 *
 * @param action HALT or HOLD for a rollout, ALARM for a cluster
 * @param signalId of the signal that made it stand
 * @param since when that was
 * @param cluster that is hurt
 * @param onset of the change behind it
 * @param calmSince since when the cluster has been fine again
 */
public record Standing(
        Action action, String signalId, Instant since, String cluster, Instant onset, Optional<Instant> calmSince) {

    Standing withCalmSince(Optional<Instant> calm) {
        return new Standing(action, signalId, since, cluster, onset, calm);
    }
}
