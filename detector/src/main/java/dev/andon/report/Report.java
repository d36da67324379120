package dev.andon.report;

import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Everything that is to be told of one history. Made by {@link Review}, shown by {@link HtmlReport}. */
public final class Report {
    private final String name;
    private final Instant from;
    private final Instant to;
    private final long inputs;
    private final Known known;
    private final List<Story> stories;
    private final List<Signal> alarms;
    private final List<Firing> firings;
    private final Map<String, ClusterCourse> clusters;
    private final List<Budget> sensitivity;

    Report(
            String name,
            Instant from,
            Instant to,
            long inputs,
            Known known,
            List<Story> stories,
            List<Signal> alarms,
            List<Firing> firings,
            Map<String, ClusterCourse> clusters,
            List<Budget> sensitivity) {
        this.name = name;
        this.from = from;
        this.to = to;
        this.inputs = inputs;
        this.known = known;
        this.stories = List.copyOf(stories);
        this.alarms = List.copyOf(alarms);
        this.firings = List.copyOf(firings);
        this.clusters = clusters;
        this.sensitivity = List.copyOf(sensitivity);
    }

    String name() {
        return name;
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    long inputs() {
        return inputs;
    }

    Known known() {
        return known;
    }

    /** @return by start */
    List<Story> stories() {
        return stories;
    }

    List<Signal> alarms() {
        return alarms;
    }

    List<Firing> firings() {
        return firings;
    }

    Map<String, ClusterCourse> clusters() {
        return clusters;
    }

    List<Budget> sensitivity() {
        return sensitivity;
    }
}
