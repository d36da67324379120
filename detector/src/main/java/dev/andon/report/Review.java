package dev.andon.report;

import dev.andon.domain.Action;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches inputs go by, in order of time, and keeps what a report shows: how clusters fared, how far rollouts were, which
 * alerts operators' usual rules would have raised. Keeps 24 bytes per cluster and bin and no samples.
 */
public final class Review {
    private final String name;
    private final Duration bin;
    private final OperatorRules rules = new OperatorRules();
    private final Map<String, ClusterCourse> clusters = new TreeMap<>();
    private final Map<String, RolloutCourse> rollouts = new LinkedHashMap<>();
    private long inputs;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /** @param bin how finely clusters are shown; 5 s for an hour, 30 s for a month */
    public Review(String name, Duration bin) {
        this.name = name;
        this.bin = bin;
    }

    public void accept(Input input) {
        inputs++;
        if (first == null) first = input.time();
        last = input.time();
        rules.accept(input);
        if (input instanceof LatencySample sample) cluster(sample.cluster()).accept(sample);
        if (input instanceof DnsSample sample) cluster(sample.cluster()).accept(sample);
        if (input instanceof RolloutEvent event) {
            rollouts.computeIfAbsent(event.rolloutId(), id -> new RolloutCourse(event))
                    .accept(event);
        }
    }

    private ClusterCourse cluster(String cluster) {
        return clusters.computeIfAbsent(cluster, key -> new ClusterCourse(bin));
    }

    /**
     * Ends the review.
     *
     * @param signals of the replay with the settings in question
     * @param sensitivity the same history with other budgets
     */
    public Report finish(List<Signal> signals, Known known, List<Budget> sensitivity) {
        clusters.values().forEach(ClusterCourse::finish);
        List<Story> stories = new ArrayList<>();
        for (RolloutCourse course : rollouts.values()) stories.add(story(course, signals, known));
        stories.sort(Comparator.comparing((Story story) -> story.course().start())
                .thenComparing(story -> story.course().rolloutId()));
        List<Signal> alarms = signals.stream()
                .filter(signal -> signal.action() == Action.ALARM)
                .toList();
        Instant begin = Optional.ofNullable(first).orElse(Instant.EPOCH);
        return new Report(
                name,
                begin,
                Optional.ofNullable(last).orElse(begin),
                inputs,
                known,
                stories,
                alarms,
                rules.finish(),
                clusters,
                sensitivity);
    }

    private static Story story(RolloutCourse course, List<Signal> signals, Known known) {
        List<Signal> own = signals.stream()
                .filter(signal -> signal.rolloutId().equals(Optional.of(course.rolloutId())))
                .toList();
        return new Story(
                course, known.verdictOn(course.rolloutId()), first(own, Action.HALT), first(own, Action.HOLD), own);
    }

    private static Optional<Signal> first(List<Signal> signals, Action action) {
        return signals.stream().filter(signal -> signal.action() == action).findFirst();
    }
}
