package dev.andon.http.view;

import dev.andon.domain.Coverage;
import java.time.Instant;
import java.util.List;

/**
 * How one rollout spread in one cluster.
 *
 * @param steps oldest first; the coverage holds until the next step
 */
public record Course(String cluster, List<Step> steps) {
    /** What had been reached at that time. */
    public record Step(Instant time, Coverage coverage) {}

    public Course {
        steps = List.copyOf(steps);
    }
}
