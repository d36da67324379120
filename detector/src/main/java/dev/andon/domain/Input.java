package dev.andon.domain;

import java.time.Instant;

/** Anything that happened in one cluster at one time. */
public sealed interface Input permits RolloutEvent, Sample, ClusterInfo {
    /** @return when it happened (event time); for a sample the end of its interval */
    Instant time();

    /** @return the name of the cluster, which is the key of every input */
    String cluster();
}
