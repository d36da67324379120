package dev.andon.report;

import dev.andon.domain.Coverage;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far one rollout was, when and where. */
final class RolloutCourse {
    private final String rolloutId;
    private final Workload workload;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Coverage> now = new TreeMap<>();

    private record Step(Instant time, String cluster, Coverage coverage) {}

    RolloutCourse(RolloutEvent first) {
        this.rolloutId = first.rolloutId();
        this.workload = first.workload();
    }

    void accept(RolloutEvent event) {
        Coverage coverage = event.coverage().orElse(new Coverage(0, 0));
        // An end without numbers leaves what was known.
        if (event.coverage().isEmpty() && now.containsKey(event.cluster())) coverage = now.get(event.cluster());
        if (coverage.equals(now.put(event.cluster(), coverage)) && !steps.isEmpty()) {
            Step last = steps.get(steps.size() - 1);
            if (last.time().equals(event.time())) return;
        }
        steps.add(new Step(event.time(), event.cluster(), coverage));
    }

    String rolloutId() {
        return rolloutId;
    }

    String workload() {
        return workload.kind() + " " + workload.namespace() + "/" + workload.name();
    }

    Instant start() {
        return steps.get(0).time();
    }

    Instant end() {
        return steps.get(steps.size() - 1).time();
    }

    List<String> clusters() {
        return List.copyOf(now.keySet());
    }

    /** @return coverage over all clusters at {@code time}; of the places that it reaches at any time */
    Coverage at(Instant time) {
        Map<String, Coverage> then = new TreeMap<>();
        for (Step step : steps) {
            if (step.time().isAfter(time)) break;
            then.put(step.cluster(), step.coverage());
        }
        long updated = then.values().stream().mapToLong(Coverage::updated).sum();
        long total = 0;
        for (Map.Entry<String, Coverage> place : now.entrySet()) {
            Coverage known = then.getOrDefault(place.getKey(), place.getValue());
            total += Math.max(known.total(), place.getValue().total());
        }
        return new Coverage(Math.min(updated, total), total);
    }

    /** @return part covered over time, in steps */
    Line covered() {
        Line line = new Line();
        for (Step step : steps) {
            Coverage coverage = at(step.time());
            if (coverage.total() == 0) continue;
            line.add((double) step.time().toEpochMilli(), (double) coverage.updated() / coverage.total());
        }
        return line;
    }
}
