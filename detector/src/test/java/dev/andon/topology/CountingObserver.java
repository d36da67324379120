package dev.andon.topology;

import dev.andon.decide.ClusterReport;
import dev.andon.domain.Action;
import dev.andon.domain.Evidence;
import dev.andon.domain.RejectReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what it is told. */
final class CountingObserver implements Observer {
    private final Map<Topic, Integer> accepted = new TreeMap<>();
    private final Map<String, Integer> rejected = new TreeMap<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Map<String, ClusterReport.Health> healths = new TreeMap<>();
    private int changePoints;

    @Override
    public synchronized void accepted(Topic from) {
        accepted.merge(from, 1, Integer::sum);
    }

    @Override
    public synchronized void rejected(Topic from, RejectReason reason) {
        rejected.merge(from.name("") + " " + reason.label(), 1, Integer::sum);
    }

    @Override
    public synchronized void changePoint(Evidence.Kind kind) {
        changePoints++;
    }

    @Override
    public synchronized void signal(Action action, Duration delay) {
        delays.add(delay);
    }

    @Override
    public synchronized void health(String cluster, ClusterReport.Health health) {
        healths.put(cluster, health);
    }

    @Override
    public synchronized void released(String cluster) {
        healths.remove(cluster);
    }

    synchronized int acceptedFrom(Topic topic) {
        return accepted.getOrDefault(topic, 0);
    }

    /** @return counts by {@code "topic reason"} */
    synchronized Map<String, Integer> rejections() {
        return Map.copyOf(rejected);
    }

    synchronized int changePoints() {
        return changePoints;
    }

    synchronized List<Duration> delays() {
        return List.copyOf(delays);
    }

    /** @return what was last said of the clusters that are watched */
    synchronized Map<String, ClusterReport.Health> healths() {
        return Map.copyOf(healths);
    }
}
