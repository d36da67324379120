package dev.andon.connect.common;

import dev.andon.schema.Action;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told, apart from how.
 *
 * @param subject a later notice about the same subject takes the place of this one
 * @param id the same in every repetition
 * @param rolloutId of the rollout it is about; null for an ALARM
 * @param name for messages
 * @param rank what has a lower one is sent first
 * @param expires from then on it says nothing any more; null when it never does
 * @param recorded whether attempts belong into the record of deliveries
 */
record Notice(
        String subject,
        String id,
        @Nullable String rolloutId,
        String name,
        int rank,
        @Nullable Instant expires,
        boolean recorded) {

    static Notice of(Signal signal) {
        return new Notice(
                subject(signal),
                signal.getSignalId(),
                signal.getRolloutId(),
                "signal " + signal.getSignalId() + " (" + signal.getAction() + ")",
                rank(signal.getAction()),
                signal.getExpires(),
                true);
    }

    static Notice of(RolloutEvent rollout) {
        String id = rollout.getRolloutId();
        return new Notice("start " + id, id, id, "start of rollout " + id, 3, null, false);
    }

    /** The rollout; the cluster for an ALARM, which no rollout is to blame for. */
    static String subject(Signal signal) {
        return signal.getRolloutId() != null
                ? "rollout " + signal.getRolloutId()
                : "cluster " + Objects.requireNonNullElse(signal.getCluster(), "");
    }

    private static int rank(Action action) {
        return switch (action) {
            case HALT -> 0;
            case ALARM -> 1;
            case HOLD, CLEAR, UNKNOWN -> 2;
        };
    }
}
