package dev.andon.report;

import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Runs {@link OperatorRule}s over samples in order of time, per cluster, as Prometheus would evaluate them. */
final class OperatorRules {
    private static final long STEP_MILLIS = SlidingShare.STEP.toMillis();
    private static final Set<String> READS = Set.of("GET", "LIST");
    /** Take as long as their client likes. */
    private static final Set<String> LONG_RUNNING = Set.of("WATCH", "WATCHLIST", "CONNECT", "PROXY");

    private final Map<String, Cluster> clusters = new TreeMap<>();
    private final List<Firing> firings = new ArrayList<>();

    private static final class Cluster {
        private final Map<OperatorRule.Watched, SlidingShare> shares = new EnumMap<>(OperatorRule.Watched.class);
        private final Map<OperatorRule, Long> heldSince = new EnumMap<>(OperatorRule.class);
        private final Map<OperatorRule, Instant> firing = new EnumMap<>(OperatorRule.class);
        private long evaluated = -1;

        Cluster() {
            for (OperatorRule.Watched watched : OperatorRule.Watched.values()) shares.put(watched, new SlidingShare());
        }

        SlidingShare of(OperatorRule.Watched watched) {
            return Objects.requireNonNull(shares.get(watched));
        }

        void add(OperatorRule.Watched watched, long step, double bad, double all) {
            of(watched).add(step, bad, all);
        }
    }

    void accept(Input input) {
        if (input instanceof LatencySample sample) accept(sample);
        if (input instanceof DnsSample sample) accept(sample);
    }

    private void accept(LatencySample sample) {
        if (LONG_RUNNING.contains(sample.verb())) return;
        long step = step(sample.time());
        Cluster cluster = at(sample.cluster(), step);
        double all = (double) sample.latency().total();
        cluster.add(OperatorRule.Watched.SLOWER_THAN_1S, step, slower(sample.latency(), 1), all);
        double slow = slower(sample.latency(), objectiveSeconds(sample));
        cluster.add(OperatorRule.Watched.OUTSIDE_SLO, step, Math.min(all, slow + failed(sample)), all);
    }

    private void accept(DnsSample sample) {
        if (sample.view() != DnsSample.View.SERVER) return;
        long step = step(sample.time());
        double failed = (double) sample.rcodes().getOrDefault("SERVFAIL", 0L);
        at(sample.cluster(), step).add(OperatorRule.Watched.SERVFAIL, step, failed, (double) sample.responses());
    }

    /** The objectives of kubernetes-mixin: 1 s, but 5 s for a list of a namespace and 30 s for one of the cluster. */
    private static double objectiveSeconds(LatencySample sample) {
        if (!READS.contains(sample.verb())) return 1;
        return switch (sample.scope().orElse("resource")) {
            case "namespace" -> 5;
            case "cluster" -> 30;
            default -> 1;
        };
    }

    private static double slower(Histogram histogram, double seconds) {
        double slow = 0;
        for (int i = 0; i < histogram.counts().length; i++) {
            boolean within = i < histogram.upperBounds().length && histogram.upperBounds()[i] <= seconds;
            if (!within) slow += histogram.counts()[i];
        }
        return slow;
    }

    private static double failed(LatencySample sample) {
        double failed = 0;
        for (Map.Entry<String, Long> code : sample.codes().entrySet()) {
            if (code.getKey().startsWith("5")) failed += code.getValue();
        }
        return failed;
    }

    private static long step(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), STEP_MILLIS);
    }

    /** Steps before {@code step} are complete now: they are evaluated first. */
    private Cluster at(String name, long step) {
        Cluster cluster = clusters.computeIfAbsent(name, key -> new Cluster());
        if (cluster.evaluated < 0) cluster.evaluated = step - 1;
        while (cluster.evaluated < step - 1) evaluate(name, cluster, ++cluster.evaluated);
        return cluster;
    }

    private void evaluate(String name, Cluster cluster, long step) {
        Instant now = Instant.ofEpochMilli((step + 1) * STEP_MILLIS);
        for (OperatorRule rule : OperatorRule.values()) {
            SlidingShare shares = cluster.of(rule.watched());
            if (!rule.holds(shares, step)) {
                cluster.heldSince.remove(rule);
                Instant fired = cluster.firing.remove(rule);
                if (fired != null) firings.add(new Firing(rule, name, fired, Optional.of(now)));
                continue;
            }
            long since = cluster.heldSince.computeIfAbsent(rule, key -> step);
            boolean patient = (step - since) * STEP_MILLIS >= rule.patience().toMillis();
            if (patient) cluster.firing.putIfAbsent(rule, now);
        }
    }

    /** @return all that fired, by time */
    List<Firing> finish() {
        List<Firing> all = new ArrayList<>(firings);
        clusters.forEach((name, cluster) ->
                cluster.firing.forEach((rule, time) -> all.add(new Firing(rule, name, time, Optional.empty()))));
        all.sort(Comparator.comparing(Firing::time).thenComparing(Firing::rule).thenComparing(Firing::cluster));
        return all;
    }
}
