package dev.andon.topology;

import dev.andon.decide.ClusterReport;
import dev.andon.decide.FleetInput;
import dev.andon.decide.FleetStage;
import dev.andon.decide.OverrideInput;
import dev.andon.decide.Settings;
import dev.andon.decide.Standing;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The fleets of one partition, kept apart: one stage each, on rows that begin with the fleet's name. Overrides are shared,
 * for they name a rollout and hold in whichever fleet it turns up.
 */
final class Fleets {
    private static final String DEFAULT_FLEET = "default";
    private static final char END_OF_NAME = '\u0000';

    private final Settings settings;
    private final StoreTable<ClusterReport> reports;
    private final StoreTable<Standing> standings;
    private final StoreTable<OperatorOverride> overrides;
    private final TreeMap<String, FleetStage> stages = new TreeMap<>();

    Fleets(
            Settings settings,
            StoreTable<ClusterReport> reports,
            StoreTable<Standing> standings,
            StoreTable<OperatorOverride> overrides) {
        this.settings = settings;
        this.reports = reports;
        this.standings = standings;
        this.overrides = overrides;
        reports.forEach((key, report) -> stage(report.fleet()));
        // Reports of the newest instant were perhaps not judged before the stop; judging them twice changes nothing.
        reports.forEach((key, report) -> {
            FleetStage stage = stage(report.fleet());
            if (report.time().equals(stage.time())) stage.accept(report);
        });
    }

    /** @param first whether this is the one partition that speaks for fleets that are not known yet */
    List<Signal> accept(FleetInput input, boolean first) {
        if (input instanceof ClusterReport report) return stage(report.fleet()).accept(report);
        if (input instanceof OverrideInput word) expect(word.override(), first);
        List<Signal> signals = new ArrayList<>();
        for (FleetStage stage : stages.values()) signals.addAll(stage.accept(input));
        return signals;
    }

    /** An operator's word comes before anything is known of its rollout: it waits, or founds the fleet that obeys it. */
    private void expect(OperatorOverride override, boolean first) {
        if (stages.isEmpty() && first) stage(DEFAULT_FLEET);
        if (stages.isEmpty()) overrides.put(override.rolloutId(), override);
    }

    List<Signal> flushIdle() {
        List<Signal> signals = new ArrayList<>();
        for (FleetStage stage : stages.values()) signals.addAll(stage.flushIdle());
        return signals;
    }

    List<Signal> advanceTo(Instant time) {
        List<Signal> signals = new ArrayList<>();
        for (FleetStage stage : stages.values()) signals.addAll(stage.advanceTo(time));
        return signals;
    }

    private FleetStage stage(String fleet) {
        return stages.computeIfAbsent(fleet, name -> {
            String prefix = name + END_OF_NAME;
            return new FleetStage(settings, reports.within(prefix), standings.within(prefix), overrides);
        });
    }
}
