package dev.andon.http.view;

import dev.andon.domain.Coverage;
import dev.andon.domain.RolloutEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the coverage of rollouts grew, cluster by cluster: at most 64 steps in each of the first 200 clusters of the 200 rollouts
 * that moved last, so at most about 80 MB. A course with more steps gets coarser, not shorter. Not thread-safe.
 */
final class Courses {
    private static final int MOST_ROLLOUTS = 200;
    private static final int MOST_CLUSTERS = 200;
    private static final int MOST_STEPS = 64;

    /** By rollout, in the order of the newest event; within, by cluster in the order in which they were reached. */
    private final Map<String, Map<String, Trail>> courses = new LinkedHashMap<>(16, 0.75f, true);

    void accept(RolloutEvent event) {
        if (event.coverage().isEmpty()) return;
        Map<String, Trail> course = courses.computeIfAbsent(event.rolloutId(), id -> new LinkedHashMap<>());
        if (courses.size() > MOST_ROLLOUTS) {
            courses.remove(courses.keySet().iterator().next());
        }
        if (course.size() >= MOST_CLUSTERS && !course.containsKey(event.cluster())) return;
        Coverage coverage = event.coverage().get();
        course.computeIfAbsent(event.cluster(), name -> new Trail(2, MOST_STEPS, Trail.Full.THIN_OUT))
                .add(event.time().toEpochMilli(), (double) coverage.updated(), (double) coverage.total());
    }

    /** @return by cluster, in the order in which they were reached; empty when nothing is remembered */
    List<Course> of(String rolloutId) {
        List<Course> all = new ArrayList<>();
        courses.getOrDefault(rolloutId, Map.of())
                .forEach((cluster, trail) -> all.add(new Course(cluster, steps(trail))));
        return all;
    }

    private static List<Course.Step> steps(Trail trail) {
        return IntStream.range(0, trail.rows())
                .mapToObj(row -> new Course.Step(
                        Instant.ofEpochMilli(trail.timeMillis(row)),
                        new Coverage((long) trail.value(row, 0), (long) trail.value(row, 1))))
                .toList();
    }
}
