package dev.andon.recording;

import dev.andon.decide.ClusterReport;
import dev.andon.decide.ClusterStage;
import dev.andon.decide.FleetStage;
import dev.andon.decide.MemoryTable;
import dev.andon.decide.Settings;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Input;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Runs both stages over inputs in memory: the same functions that run in production, without a broker. */
public final class Replay {
    private final ClusterStage clusters;
    private final Map<String, FleetStage> fleets = new HashMap<>();
    private final Settings settings;
    private final List<Signal> signals = new ArrayList<>();
    private final List<ChangePoint> changePoints = new ArrayList<>();
    private final Map<RejectReason, Long> refused = new EnumMap<>(RejectReason.class);

    private final TreeSet<String> names = new TreeSet<>();
    private Instant last = Instant.EPOCH;

    private Replay(Settings settings) {
        this.settings = settings;
        this.clusters = new ClusterStage(settings, new MemoryTable<>(), new MemoryTable<>());
    }

    /** What came out, in order, and what was refused by reason. */
    public record Result(List<Signal> signals, List<ChangePoint> changePoints, Map<RejectReason, Long> refused) {}

    /** @param inputs by time, see {@link Recording#inputs()}; {@link #closing} is added */
    public static Result run(List<Input> inputs, Settings settings) {
        Replay replay = begin(settings);
        inputs.forEach(replay::accept);
        return replay.finish();
    }

    /** For histories that do not fit into memory: give it each input, by time, and then {@link #finish()}. */
    public static Replay begin(Settings settings) {
        return new Replay(settings);
    }

    /** Judges the last instants; give it nothing afterwards. */
    public Result finish() {
        if (!names.isEmpty()) closing(last, names).forEach(this::judge);
        return new Result(signals, changePoints, refused);
    }

    /**
     * Inputs that say nothing and are later than all others, so that what was collected for the last instants is judged:
     * for every cluster one to close its ticks, then one to close the fleet's.
     */
    public static List<Input> closing(List<Input> inputs) {
        if (inputs.isEmpty()) return List.of();
        TreeSet<String> names = new TreeSet<>();
        inputs.forEach(input -> names.add(input.cluster()));
        return closing(inputs.get(inputs.size() - 1).time(), names);
    }

    private static List<Input> closing(Instant last, SortedSet<String> names) {
        List<Input> closing = new ArrayList<>();
        for (long millis = 1; millis <= 2; millis++) {
            for (String name : names) closing.add(nothing(last.plusMillis(millis), name));
        }
        return closing;
    }

    private static ClusterInfo nothing(Instant time, String cluster) {
        return new ClusterInfo(
                time, cluster, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** Takes in one input; none may be earlier than the one before. */
    public void accept(Input input) {
        names.add(input.cluster());
        last = input.time();
        judge(input);
    }

    private void judge(Input input) {
        ClusterStage.Output output = clusters.accept(input);
        output.refused().ifPresent(reason -> refused.merge(reason, 1L, Long::sum));
        changePoints.addAll(output.changePoints());
        for (ClusterReport report : output.reports()) {
            FleetStage fleet = fleets.computeIfAbsent(report.fleet(), name -> newFleet());
            signals.addAll(fleet.accept(report));
        }
    }

    private FleetStage newFleet() {
        return new FleetStage(settings, new MemoryTable<>(), new MemoryTable<>(), new MemoryTable<>());
    }
}
