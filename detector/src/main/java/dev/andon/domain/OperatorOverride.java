package dev.andon.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * An operator's word on a rollout, which outranks the detector's until it expires.
 *
 * @param cluster only in this cluster; absent for everywhere
 * @param actor who said it; shown in the audit and in signals
 */
public record OperatorOverride(
        Instant time,
        String rolloutId,
        Optional<String> cluster,
        Decision decision,
        String actor,
        String reason,
        Instant expires) {
    /** What the operator decided. */
    public enum Decision {
        /** Let it go on, whatever the evidence. */
        ALLOW,
        /** Stop it, whatever the evidence. */
        HALT
    }

    public OperatorOverride {
        Require.name("rolloutId", rolloutId);
        Require.name("actor", actor);
    }
}
