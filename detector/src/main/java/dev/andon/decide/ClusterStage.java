package dev.andon.decide;

import dev.andon.detect.Finding;
import dev.andon.detect.Observation;
import dev.andon.detect.Observations;
import dev.andon.detect.OpenTick;
import dev.andon.detect.Series;
import dev.andon.detect.SeriesKind;
import dev.andon.detect.SeriesNames;
import dev.andon.detect.SeriesState;
import dev.andon.detect.Tail;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Histogram;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.RejectReason;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The first stage, by cluster: samples become change points, and each cluster's state a report for its fleet.
 *
 * <p>Time is event time. Inputs of one time are only collected; they are judged before the first later input of the same
 * cluster, so the order among equal times does not matter. A cluster that stays quiet is judged when the time of the others
 * is ahead by the grace, or when {@link #flushIdle()} is called. No clock, no I/O: the state is in the tables. Not thread-safe.
 */
public final class ClusterStage {
    private static final Duration SWEEP = Duration.ofSeconds(1);
    /** Callers are compared over windows of this many least ticks. */
    private static final int CALLER_TICKS = 2;

    private static final Duration FORGET_ROLLOUT_AFTER = Duration.ofHours(2);

    private final Settings settings;
    private final Series series;
    private final ClusterJudge judge;
    private final Duration callerWindow;
    private final Table<SeriesState> seriesTable;
    private final Table<ClusterState> clusterTable;
    /** By cluster: nothing is due and nothing changes by itself until after this time. */
    private final Map<String, Instant> quietUntil = new TreeMap<>();

    /** By cluster and series. Put together once: a new text has to be hashed each time that it is looked up. */
    private final Map<String, Map<String, String>> keys = new HashMap<>();

    private final SeriesNames names = new SeriesNames();
    private final Set<String> touched = new HashSet<>();
    private final Collector out = new Collector();
    private Instant nextSweep = Instant.EPOCH.plus(SWEEP);

    public ClusterStage(Settings settings, Table<SeriesState> seriesTable, Table<ClusterState> clusterTable) {
        this.settings = settings;
        this.series = new Series(settings.detect());
        this.judge = new ClusterJudge(settings);
        this.callerWindow = settings.detect().leastTick().multipliedBy(CALLER_TICKS);
        this.seriesTable = seriesTable;
        this.clusterTable = clusterTable;
        clusterTable.forEach((cluster, state) -> {
            quietUntil.put(cluster, state.time());
            Instant next = state.time().plus(SWEEP);
            if (next.isAfter(nextSweep)) nextSweep = next;
        });
    }

    /**
     * What came of one or more inputs.
     *
     * @param refused why the input itself was not taken; a sample is refused only if no series took it
     */
    public record Output(List<ChangePoint> changePoints, List<ClusterReport> reports, Optional<RejectReason> refused) {
        static final Output NONE = new Output(List.of(), List.of(), Optional.empty());
    }

    /** Takes in one input; due times before its time run first. */
    public Output accept(Input input) {
        sweep(input.time());
        String cluster = input.cluster();
        ClusterState state = clusterTable.get(cluster).orElseGet(() -> ClusterState.unknown(cluster, input.time()));
        if (input.time().isAfter(state.time())) state = closeDue(state, input.time(), false);
        state = take(state.at(input.time()), input);
        save(state);
        touched.add(cluster);
        return out.output();
    }

    /** Nothing arrives: runs what is due by {@code now}. */
    public Output advanceTo(Instant now) {
        sweep(now);
        return out.output();
    }

    /** Judges complete ticks of the clusters that got no input since the last call, without waiting for a later input. */
    public Output flushIdle() {
        for (String cluster : quietUntil.keySet()) {
            if (touched.contains(cluster)) continue;
            ClusterState state = clusterTable.get(cluster).orElseThrow();
            if (!state.open().isEmpty()) save(closeDue(state, state.time(), true));
        }
        touched.clear();
        return out.output();
    }

    private ClusterState take(ClusterState state, Input input) {
        if (input instanceof Sample sample) return takeSample(state, sample);
        if (input instanceof RolloutEvent event) {
            return reported(state.withRollout(event, event.time().minus(FORGET_ROLLOUT_AFTER)));
        }
        return reported(state.withInfo((ClusterInfo) input));
    }

    private ClusterState takeSample(ClusterState state, Sample sample) {
        ClusterState next = state;
        Optional<RejectReason> refused = Optional.empty();
        boolean taken = false;
        for (Observations.Named named : Observations.of(sample, names)) {
            String key = key(state.cluster(), named.series());
            SeriesState before = seriesTable.get(key).orElseGet(() -> SeriesState.unknown(named.kind(), named.unit()));
            Series.Absorbed absorbed = series.absorb(before, named.observation());
            if (absorbed.refused().isPresent()) {
                refused = absorbed.refused();
                continue;
            }
            taken = true;
            seriesTable.put(key, absorbed.next());
            next = next.withSample(sample.time(), named.series());
            if (sample instanceof LatencySample latency) next = withTail(next, latency, named, absorbed.next());
        }
        if (!taken) out.refused = refused;
        return taken && sample instanceof LatencySample latency ? withCall(next, latency) : next;
    }

    /** The tail is followed from when the mean is known on. */
    private ClusterState withTail(
            ClusterState state, LatencySample sample, Observations.Named mean, SeriesState known) {
        if (mean.kind() != SeriesKind.LATENCY) return state;
        String name = names.tailOf(mean.series());
        String key = key(state.cluster(), name);
        Optional<SeriesState> tail = seriesTable.get(key).or(() -> unknownTail(sample.latency(), known));
        if (tail.isEmpty()) return state;
        double slowerThan = tail.get().slowerThan().orElseThrow();
        Observation seen = Observations.slow(mean.observation(), sample.latency(), slowerThan);
        Series.Absorbed absorbed = series.absorb(tail.get(), seen);
        if (absorbed.refused().isPresent()) return state;
        seriesTable.put(key, absorbed.next());
        return state.withSample(sample.time(), name);
    }

    private static Optional<SeriesState> unknownTail(Histogram histogram, SeriesState mean) {
        OptionalDouble bound = Tail.bound(histogram, mean);
        return bound.isPresent() ? Optional.of(SeriesState.unknownTail(bound.getAsDouble())) : Optional.empty();
    }

    private ClusterState withCall(ClusterState state, LatencySample sample) {
        if (sample.client().isEmpty()) return state;
        return state.withCall(sample, sample.client().get(), longer(callerWindow, sample.interval()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Closes the ticks that are over at {@code now} and judges the cluster when any was. */
    private ClusterState closeDue(ClusterState state, Instant now, boolean idle) {
        Map<String, Finding> closed = new HashMap<>();
        Set<String> outdated = new HashSet<>();
        Duration interval = Duration.ZERO;
        for (String name : state.open()) {
            String key = key(state.cluster(), name);
            SeriesState open = seriesTable.get(key).orElseThrow();
            if (open.open().isEmpty()) continue;
            OpenTick tick = open.open().get();
            boolean over = open.complete() && (idle || tick.newest().isBefore(now));
            if (!over && !tick.due().isBefore(now)) continue;
            Duration length = tick.length();
            if (length.compareTo(interval) > 0) interval = length;
            SeriesState next = series.close(open);
            seriesTable.put(key, next);
            closed.put(name, next.finding());
            if (next.kind() == SeriesKind.LATENCY && next.settledOtherwise(open)) outdated.add(names.tailOf(name));
        }
        if (closed.isEmpty()) return state;
        // What is slow follows from the level of the mean: where that is another one, the tail is chosen anew.
        for (String name : outdated) seriesTable.remove(key(state.cluster(), name));
        return judged(state.withFindings(closed, outdated, interval));
    }

    private ClusterState judged(ClusterState state) {
        ClusterReport.Health health = judge.health(state);
        ClusterJudge.Announcement announcement = judge.announce(state, health);
        out.changePoints.addAll(announcement.changePoints());
        ClusterState next = state.withAnnounced(announcement.announced());
        boolean news = health != state.health()
                || health == ClusterReport.Health.HURT
                || health == ClusterReport.Health.SUSPECT
                || reportIsDue(state);
        if (!news) return next;
        ClusterReport report = report(state);
        out.reports.add(report);
        return next.withReport(report);
    }

    /** Whoever waits for calm to clear a signal hears of it as soon as it has lasted. */
    private boolean reportIsDue(ClusterState state) {
        Duration every = settings.calmBeforeClear().compareTo(settings.reportEvery()) < 0
                ? settings.calmBeforeClear()
                : settings.reportEvery();
        return state.reported().isEmpty() || !state.reported().get().plus(every).isAfter(state.time());
    }

    private ClusterReport report(ClusterState state) {
        return judge.report(state, name -> series(state, name));
    }

    private SeriesState series(ClusterState state, String name) {
        return seriesTable.get(key(state.cluster(), name)).orElseThrow();
    }

    private ClusterState reported(ClusterState state) {
        ClusterReport report = report(state);
        out.reports.add(report);
        return state.withReport(report);
    }

    /** Once per second of event time: judges clusters that stayed behind, and says which have gone silent. */
    private void sweep(Instant newest) {
        if (newest.isBefore(nextSweep)) return;
        nextSweep = newest.plus(SWEEP);
        Instant behind = newest.minus(settings.grace());
        for (Map.Entry<String, Instant> cluster : quietUntil.entrySet()) {
            if (!cluster.getValue().isBefore(behind)) continue;
            ClusterState state = leftBehind(clusterTable.get(cluster.getKey()).orElseThrow(), behind);
            cluster.setValue(quietUntil(state));
        }
    }

    private ClusterState leftBehind(ClusterState state, Instant now) {
        ClusterState moved = closeDue(state, now, false);
        if (moved.open().size() < state.open().size()) clusterTable.put(moved.cluster(), moved);
        ClusterState late = moved.at(now);
        if (judge.health(late) == late.health() && !silentAndExposed(late)) return moved;
        ClusterState told = reported(late);
        clusterTable.put(told.cluster(), told);
        return told;
    }

    /** Without an input, only a tick that is due and beginning silence are news, and silence that goes on. */
    private Instant quietUntil(ClusterState state) {
        if (state.health() == ClusterReport.Health.UNKNOWN) return state.time();
        Instant until = ClusterJudge.silentAfter(state).orElse(Instant.MAX);
        for (String name : state.open()) {
            SeriesState series = series(state, name);
            if (series.open().isPresent() && series.open().get().due().isBefore(until)) {
                until = series.open().get().due();
            }
        }
        return until;
    }

    /** Silence that lasts while a rollout widens, or just has, must be heard again and again. */
    private boolean silentAndExposed(ClusterState state) {
        Instant recent = state.time().minus(settings.causalWindow());
        return state.health() == ClusterReport.Health.UNKNOWN
                && state.exposures().values().stream()
                        .anyMatch(e -> e.endedAt().map(recent::isBefore).orElse(true))
                && reportIsDue(state);
    }

    private void save(ClusterState state) {
        clusterTable.put(state.cluster(), state);
        quietUntil.put(state.cluster(), state.time());
    }

    private String key(String cluster, String seriesName) {
        return keys.computeIfAbsent(cluster, name -> new HashMap<>())
                .computeIfAbsent(seriesName, name -> cluster + '\u0000' + name);
    }

    /** What came of the input that is being taken in; empty between two. */
    private static final class Collector {
        private final List<ChangePoint> changePoints = new ArrayList<>();
        private final List<ClusterReport> reports = new ArrayList<>();
        private Optional<RejectReason> refused = Optional.empty();

        Output output() {
            if (changePoints.isEmpty() && reports.isEmpty() && refused.isEmpty()) return Output.NONE;
            Output all = new Output(List.copyOf(changePoints), List.copyOf(reports), refused);
            changePoints.clear();
            reports.clear();
            refused = Optional.empty();
            return all;
        }
    }
}
