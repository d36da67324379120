package dev.andon.domain;

/** Where a rollout stands in one cluster. */
public enum Phase {
    STARTED,
    PROGRESSING,
    PAUSED,
    COMPLETED,
    ABORTED,
    ROLLED_BACK;

    /** @return whether the rollout will not widen any more */
    public boolean over() {
        return this == COMPLETED || this == ABORTED || this == ROLLED_BACK;
    }
}
