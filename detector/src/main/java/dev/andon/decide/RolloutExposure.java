package dev.andon.decide;

import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one cluster came to be exposed to one rollout: the dose over time.
 *
 * @param coverage newest coverage
 * @param updatedAt time of the newest event
 * @param steps coverage whenever it grew, oldest first, at most {@value #MAX_STEPS}
 * @param endedAt when the rollout said that it would not widen any more
 */
public record RolloutExposure(
        String rolloutId,
        Workload workload,
        Phase phase,
        Coverage coverage,
        Instant updatedAt,
        List<Step> steps,
        Optional<String> identity,
        Optional<Instant> endedAt) {
    private static final int MAX_STEPS = 64;

    /** Coverage from {@code time} on. */
    public record Step(Instant time, long updated, long total) {}

    public RolloutExposure {
        steps = List.copyOf(steps);
    }

    /** The first event of a rollout in a cluster. */
    static RolloutExposure begin(RolloutEvent event) {
        RolloutExposure empty = new RolloutExposure(
                event.rolloutId(),
                event.workload(),
                event.phase(),
                Coverage.NONE,
                event.time(),
                List.of(),
                event.identity(),
                Optional.empty());
        return empty.with(event);
    }

    /** Takes in an event. One that is older than the newest is ignored: coverage and phase are facts of their time. */
    RolloutExposure with(RolloutEvent event) {
        if (event.time().isBefore(updatedAt)) return this;
        Coverage next = event.coverage().orElseGet(() -> impliedBy(event.phase()));
        boolean grew = next.updated() > coverage.updated();
        boolean over = event.phase().over();
        return new RolloutExposure(
                rolloutId,
                event.workload(),
                event.phase(),
                next,
                event.time(),
                grew ? appended(new Step(event.time(), next.updated(), next.total())) : steps,
                event.identity().or(() -> identity),
                over ? endedAt.or(() -> Optional.of(event.time())) : Optional.empty());
    }

    /** A rollout that does not tell its coverage is one place that changes when it starts. */
    private Coverage impliedBy(Phase newPhase) {
        return switch (newPhase) {
            case STARTED, PROGRESSING, COMPLETED -> coverage.updated() > 0 ? coverage : new Coverage(1, 1);
            case PAUSED, ABORTED, ROLLED_BACK -> coverage;
        };
    }

    private List<Step> appended(Step step) {
        List<Step> all = new ArrayList<>(steps);
        if (all.size() >= MAX_STEPS) all.remove(leastTelling(all));
        all.add(step);
        return all;
    }

    /** The step without which the dose over time changes least; the first one says when it arrived and stays. */
    private static int leastTelling(List<Step> steps) {
        int least = 1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < steps.size() - 1; i++) {
            double lost = share(steps.get(i)) - share(steps.get(i - 1));
            double seconds =
                    Duration.between(steps.get(i).time(), steps.get(i + 1).time())
                                    .toMillis()
                            / 1e3;
            if (Math.abs(lost) * seconds >= smallest) continue;
            smallest = Math.abs(lost) * seconds;
            least = i;
        }
        return least;
    }

    private static double share(Step step) {
        return step.total() == 0 ? 1 : Math.min(1, (double) step.updated() / step.total());
    }

    /** @return part of the places that run the new revision, in [0, 1] */
    double share() {
        return coverage.total() == 0 ? 0 : Math.min(1, (double) coverage.updated() / coverage.total());
    }

    /** @return when the first place ran the new revision; absent while none does */
    public Optional<Instant> firstExposed() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(0).time());
    }

    /** @return when the newest place was updated; absent while none is */
    public Optional<Instant> lastStep() {
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(steps.get(steps.size() - 1).time());
    }
}
