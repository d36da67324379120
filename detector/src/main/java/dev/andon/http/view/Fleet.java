package dev.andon.http.view;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.List;

/**
 * Everything that is known now, as one consistent value.
 *
 * @param time newest sample or event of any cluster; the epoch when there was none
 * @param clusters by name
 * @param rollouts in the order in which they were first seen
 * @param signals the newest, oldest first
 * @param changePoints the newest, oldest first
 * @param overrides the newest, oldest first
 */
public record Fleet(
        Instant time,
        List<ClusterView> clusters,
        List<RolloutView> rollouts,
        List<Signal> signals,
        List<ChangePoint> changePoints,
        List<OperatorOverride> overrides) {
    public Fleet {
        clusters = List.copyOf(clusters);
        rollouts = List.copyOf(rollouts);
        signals = List.copyOf(signals);
        changePoints = List.copyOf(changePoints);
        overrides = List.copyOf(overrides);
    }
}
