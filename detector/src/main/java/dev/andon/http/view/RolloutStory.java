package dev.andon.http.view;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.Delivery;
import dev.andon.domain.OperatorOverride;
import java.util.List;

/**
 * All that is remembered of one rollout.
 *
 * @param courses how it spread, by cluster
 * @param changes in the clusters that it touches, since it began there, oldest first
 * @param deliveries of its signals, oldest first
 * @param overrides by operators, oldest first
 */
public record RolloutStory(
        RolloutView rollout,
        List<Course> courses,
        List<ChangePoint> changes,
        List<Delivery> deliveries,
        List<OperatorOverride> overrides) {
    public RolloutStory {
        courses = List.copyOf(courses);
        changes = List.copyOf(changes);
        deliveries = List.copyOf(deliveries);
        overrides = List.copyOf(overrides);
    }
}
