package dev.andon.domain;

/** What a signal asks for. */
public enum Action {
    /** Stop this rollout now: it is hurting the cluster. */
    HALT,
    /** Do not widen this rollout before a given time. */
    HOLD,
    /** An earlier HALT or HOLD no longer stands. */
    CLEAR,
    /** The cluster is hurt and no rollout is to blame. */
    ALARM
}
