package dev.andon.connect.common;

import dev.andon.schema.RolloutEvent;
import java.util.List;

/** What is known of rollouts, for sinks that must find what a signal only names. */
public interface RolloutDirectory extends AutoCloseable {
    /** The last event of each workload of this rollout in each cluster; empty when none has been read. */
    List<RolloutEvent> of(String rolloutId);

    @Override
    default void close() {}
}
