package dev.andon.decide;

import java.time.Duration;

/**
 * How signals are followed up.
 *
 * @param haltTimeout time that a HALT has to stop the widening before it is said again; doubles with every repetition
 * @param recoveryTimeout time that a cluster has to recover after the widening has stopped, before it is said that a rollback
 *     is needed
 * @param flapWindow a rollout that does harm again within this time of its CLEAR must be calm for twice as long next time
 * @param clearAlarms whether an ALARM is followed by a CLEAR, which then has no rolloutId, when the cluster has recovered
 */
public record Lifecycle(Duration haltTimeout, Duration recoveryTimeout, Duration flapWindow, boolean clearAlarms) {
    public static final Lifecycle DEFAULT =
            new Lifecycle(Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofMinutes(10), false);

    public Lifecycle {
        positive("halt-timeout", haltTimeout);
        positive("recovery-timeout", recoveryTimeout);
        positive("flap-window", flapWindow);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than 0 s but was " + value.toMillis() + " ms");
        }
    }
}
