package dev.andon.decide;

import dev.andon.detect.EffectPoint;
import dev.andon.domain.Candidate;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The second stage, by fleet: reports of clusters become signals.
 *
 * <p>Reports of one time are collected and judged together before the first later one, so their order does not matter.
 * No clock, no I/O: the state is in the tables. Not thread-safe.
 */
public final class FleetStage {
    /** A cluster that is hurt for this long and no rollout is to blame is a case for people, in least ticks. */
    private static final int ALARM_AFTER = 5;

    private static final double SECOND_THOUGHT = 0.92;
    /** Time after the onset until which the first thought will do, and from which it takes a second one. */
    private static final Duration EARLY = Duration.ofSeconds(50);

    private static final Duration LATE = Duration.ofSeconds(100);
    /** Part of the largest effect, on its logarithmic scale, that must still be there. */
    private static final double STILL_THERE = 0.7;

    private final Settings settings;
    private final Blame blame;
    private final SignalWriter writer;
    private final Precautions precautions;
    private final Blackout blackout;
    private final BlackoutBlame blackoutBlame;
    private final Table<ClusterReport> reports;
    private final Standings standings;
    private final Holds holds;
    private final Table<OperatorOverride> overrides;
    private final Map<String, ClusterReport> unjudged = new TreeMap<>();
    private final Map<String, ClusterReport> known = new TreeMap<>();
    private Instant time = Instant.EPOCH;

    public FleetStage(
            Settings settings,
            Table<ClusterReport> reports,
            Table<Standing> standings,
            Table<OperatorOverride> overrides) {
        this.settings = settings;
        this.blame = new Blame(settings);
        this.writer = new SignalWriter(settings.detect().leastTick());
        this.blackout = new Blackout(settings);
        this.blackoutBlame = new BlackoutBlame(blackout);
        this.precautions = new Precautions(settings, blackout);
        this.reports = reports;
        this.standings = new Standings(settings, writer, standings, known);
        this.holds = new Holds(settings, this.standings, standings);
        this.overrides = overrides;
        reports.forEach((cluster, report) -> {
            known.put(cluster, report);
            if (report.time().isAfter(time)) time = report.time();
        });
    }

    /** Takes in one input; what was collected for earlier times is judged first. */
    public List<Signal> accept(FleetInput input) {
        if (input instanceof DeliveryInput delivery) {
            // Stamped by the clock of a sink, which must not move the time of the fleet.
            standings.heard(delivery.delivery());
            return List.of();
        }
        List<Signal> signals = input.time().isAfter(time) ? advanceTo(input.time()) : List.of();
        if (input instanceof ClusterReport report) {
            ClusterReport before = known.get(report.cluster());
            if (before != null && report.time().isBefore(before.time())) return signals;
            reports.put(report.cluster(), report);
            known.put(report.cluster(), report);
            unjudged.put(report.cluster(), report);
            return signals;
        }
        List<Signal> all = new ArrayList<>(signals);
        OperatorOverride override = ((OverrideInput) input).override();
        overrides.put(override.rolloutId(), override);
        standings.override(override, all);
        return all;
    }

    /** Judges what was collected before {@code now}. */
    public List<Signal> advanceTo(Instant now) {
        List<Signal> signals = flushIdle();
        standings.runDue(now, signals);
        if (now.isAfter(time)) time = now;
        return signals;
    }

    /** Judges what was collected, without waiting for a later input. */
    public List<Signal> flushIdle() {
        List<Signal> signals = new ArrayList<>();
        for (ClusterReport report : unjudged.values()) judge(report, signals);
        unjudged.clear();
        return signals;
    }

    /** @return newest time of any input */
    public Instant time() {
        return time;
    }

    private void judge(ClusterReport report, List<Signal> signals) {
        standings.watchHalted(report, signals);
        if (report.health() == ClusterReport.Health.HURT) {
            standings.hurt(report, signals);
            hurt(report, signals);
        } else if (report.health() == ClusterReport.Health.FINE) {
            standings.fine(report, signals);
        } else if (report.health() == ClusterReport.Health.SETTLED) {
            standings.settled(report);
        } else if (Blackout.silent(report)) {
            silenced(report, signals);
        }
        precautions(report, signals);
    }

    private void hurt(ClusterReport report, List<Signal> signals) {
        if (explained(report)) return;
        Blame.Verdict verdict = blame.judge(report, known.values());
        Optional<Candidate> top = verdict.candidates().stream().findFirst();
        if (top.isPresent() && top.get().probability() >= needed(top.get(), report) && stillThere(report)) {
            halt(report, verdict, top.get(), signals);
            return;
        }
        // Only the likeliest is held: what the effect does while the others go on tells them apart.
        if (top.isPresent() && top.get().probability() >= worthAHold(top.get(), report)) {
            hold(report, verdict, top.get(), signals);
        }
        Instant onset = report.onset().orElse(report.time());
        Duration patience = settings.detect().leastTick().multipliedBy(ALARM_AFTER);
        boolean goesOn = report.elevated() >= ALARM_AFTER && stillThere(report);
        if (goesOn && !onset.plus(patience).isAfter(report.time())) alarm(report, verdict, signals);
    }

    /** Halts who silenced one cluster after the other; less than that is a matter of precaution. */
    private void silenced(ClusterReport report, List<Signal> signals) {
        if (explained(report)) return;
        Blame.Verdict verdict = blackoutBlame.judge(report, known.values());
        Optional<Candidate> top = verdict.candidates().stream().findFirst();
        if (top.isEmpty() || top.get().probability() < usual(top.get(), report)) return;
        if (allowed(top.get().rolloutId(), report)) return;
        RolloutExposure exposure = exposure(top.get(), report);
        Blackout.Seen seen = Blackout.seen(exposure.rolloutId(), known.values());
        Precaution silence = blackout.told(exposure, report, seen, verdict.none());
        Signal halt = writer.halt(report, silence, verdict, top.get(), known.values());
        standings.stand(halt.in(mode(exposure, report)), signals);
    }

    /** What is made out only long after the onset must be made out more surely: by then a cluster hurts itself. */
    private double needed(Candidate guilty, ClusterReport report) {
        double usual = usual(guilty, report);
        Duration since = Duration.between(report.onset().orElse(report.time()), report.time());
        double part = (double) since.minus(EARLY).toMillis() / LATE.minus(EARLY).toMillis();
        double late = Math.max(0, Math.min(1, part));
        return usual + late * (Math.max(SECOND_THOUGHT, usual) - usual);
    }

    private double usual(Candidate guilty, ClusterReport report) {
        return settings.policy()
                .haltProbability(report.environment(), workload(guilty, report), settings.haltProbability());
    }

    private double worthAHold(Candidate suspect, ClusterReport report) {
        return settings.policy()
                .holdProbability(report.environment(), workload(suspect, report), settings.holdProbability());
    }

    private static Workload workload(Candidate candidate, ClusterReport report) {
        return exposure(candidate, report).workload();
    }

    private static RolloutExposure exposure(Candidate candidate, ClusterReport report) {
        return report.exposures().stream()
                .filter(exposure -> exposure.rolloutId().equals(candidate.rolloutId()))
                .findFirst()
                .orElseThrow();
    }

    private Mode mode(RolloutExposure exposure, ClusterReport report) {
        return settings.policy().mode(report.environment(), exposure.workload());
    }

    /** A spike that is already over stops nobody: the newest effect must be near the largest one. */
    private static boolean stillThere(ClusterReport report) {
        List<EffectPoint> course = report.trajectory();
        if (course.isEmpty()) return false;
        double largest = course.stream().mapToDouble(EffectPoint::effect).max().orElseThrow();
        return course.get(course.size() - 1).effect() >= STILL_THERE * largest;
    }

    /**
     * A cluster that is hurt by a rollout already halted needs no second culprit; one that was only observed does, and one
     * that is hurt anew long after the rollout was stopped.
     */
    private boolean explained(ClusterReport report) {
        Instant onset = report.onset().orElse(report.time());
        return report.exposures().stream()
                .filter(exposure -> standings.halted(exposure.rolloutId(), mode(exposure, report)))
                .anyMatch(exposure -> exposure.lastStep()
                        .map(last -> !last.plus(settings.causalWindow()).isBefore(onset))
                        .orElse(true));
    }

    private void halt(ClusterReport report, Blame.Verdict verdict, Candidate guilty, List<Signal> signals) {
        if (allowed(guilty.rolloutId(), report)) return;
        Mode mode = settings.policy().mode(report.environment(), workload(guilty, report));
        standings.stand(writer.halt(report, verdict, guilty, known.values()).in(mode), signals);
    }

    private void hold(ClusterReport report, Blame.Verdict verdict, Candidate suspect, List<Signal> signals) {
        if (allowed(suspect.rolloutId(), report)) return;
        Mode mode = settings.policy().mode(report.environment(), workload(suspect, report));
        holds.holdSuspect(writer.hold(report, verdict, suspect).in(mode), signals);
    }

    /** Holds what must not widen now, although nothing has been seen that it did. */
    private void precautions(ClusterReport report, List<Signal> signals) {
        boolean explained = explained(report);
        Map<String, Forecast> forecasts = explained ? Map.of() : Precautions.forecasts(report, known.values());
        for (RolloutExposure exposure : report.exposures()) {
            boolean over = exposure.phase().over()
                    && !forecasts.containsKey(exposure.rolloutId())
                    && !goesOnElsewhere(exposure, report);
            if (over || allowed(exposure.rolloutId(), report)) continue;
            boolean leads = !forecasts.isEmpty() && !suspectsAnother(exposure, report);
            Optional<Precaution> precaution =
                    precautions.against(exposure, report, known.values(), explained, leads ? forecasts : Map.of());
            if (precaution.isPresent()) {
                Signal hold = writer.hold(report, exposure.rolloutId(), precaution.get());
                holds.holdUntil(hold.in(mode(exposure, report)), signals);
            } else {
                holds.noLongerHeld(exposure.rolloutId(), report, signals);
            }
        }
    }

    /** What is complete in a cluster that is not fine is held where it still widens. */
    private boolean goesOnElsewhere(RolloutExposure exposure, ClusterReport report) {
        return report.health() != ClusterReport.Health.FINE
                && known.values().stream()
                        .flatMap(other -> other.exposures().stream())
                        .anyMatch(there -> there.rolloutId().equals(exposure.rolloutId())
                                && !there.phase().over());
    }

    private boolean suspectsAnother(RolloutExposure exposure, ClusterReport report) {
        return report.exposures().stream()
                .map(RolloutExposure::rolloutId)
                .filter(other -> !other.equals(exposure.rolloutId()))
                .anyMatch(holds::suspects);
    }

    private void alarm(ClusterReport report, Blame.Verdict verdict, List<Signal> signals) {
        if (standings.alarmed(report)) return;
        Mode mode = settings.policy().mode(report.environment());
        standings.stand(writer.alarm(report, verdict).in(mode), signals);
    }

    private boolean allowed(String rolloutId, ClusterReport report) {
        return overrides
                .get(rolloutId)
                .filter(o -> o.decision() == OperatorOverride.Decision.ALLOW)
                .filter(o -> o.expires().isAfter(report.time()))
                .filter(o -> o.cluster().map(report.cluster()::equals).orElse(true))
                .isPresent();
    }
}
