package dev.andon.simulate;

import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters, CD system and truth of a running simulation. Thread-safe. */
final class FleetState {
    private final Scenario scenario;
    private final List<LiveCluster> clusters;
    private final CdSystem cd;
    private final TruthKeeper truth;
    private final Map<String, RecentMeans> means = new HashMap<>();
    private final Map<String, Effect> effects = new HashMap<>();
    private CdSystem.State rollouts = CdSystem.State.EMPTY;
    private Duration elapsed = Duration.ZERO;

    FleetState(Scenario scenario, List<LiveCluster> clusters) {
        this.scenario = scenario;
        this.clusters = List.copyOf(clusters);
        this.cd = new CdSystem(scenario.rollouts(), scenario.clusters(), CdSystem.Conduct.STOP_AND_ROLL_BACK);
        this.truth = new TruthKeeper(scenario);
        for (LiveCluster cluster : clusters) means.put(cluster.spec().name(), new RecentMeans());
    }

    synchronized Duration elapsed() {
        return elapsed;
    }

    /** Does what a signal says, from the next tick on. */
    synchronized void obey(WebhookReceiver.Received signal, SimulationClock time) {
        if (signal.rolloutId().isEmpty()) return;
        String rolloutId = signal.rolloutId().get();
        switch (signal.action()) {
            case "HALT" -> rollouts = cd.obey(rollouts, CdOrder.halt(rolloutId));
            case "HOLD" ->
                signal.until()
                        .ifPresent(
                                until -> rollouts = cd.obey(rollouts, CdOrder.hold(rolloutId, time.elapsedAt(until))));
            case "CLEAR" -> rollouts = cd.obey(rollouts, CdOrder.clear(rolloutId));
            default -> {} // an ALARM is for the pager
        }
    }

    /** @return what the CD system told the world, dated in real time */
    synchronized List<RolloutEvent> tick(Duration length, SimulationClock time) {
        Instant from = time.real(elapsed);
        CdSystem.Step step = cd.step(rollouts, elapsed, length, from);
        rollouts = step.next();
        truth.observe(rollouts, from);
        double seconds = length.toMillis() / 1e3;
        elapsed = elapsed.plus(length);
        Instant to = time.real(elapsed);
        for (LiveCluster cluster : clusters) {
            String name = cluster.spec().name();
            Tick tick = cluster.step(seconds, rollouts.coverage(name), to);
            truth.observe(name, tick.effect(), from);
            effects.put(name, tick.effect());
            RecentMeans recent = means.get(name);
            if (recent != null) recent.add(tick);
        }
        return step.events();
    }

    synchronized Truth truth() {
        return truth.truth();
    }

    synchronized FleetStatus status() {
        return new FleetStatus(
                elapsed,
                scenario.length(),
                clusters.stream().map(this::status).toList(),
                scenario.rollouts().stream().map(this::status).toList());
    }

    private FleetStatus.ClusterStatus status(LiveCluster cluster) {
        String name = cluster.spec().name();
        RecentMeans recent = means.getOrDefault(name, new RecentMeans());
        Optional<Effect> effect = Optional.ofNullable(effects.get(name));
        return new FleetStatus.ClusterStatus(
                name,
                cluster.spec().nodes(),
                recent.seconds(RequestClass.GET),
                recent.seconds(RequestClass.LIST_CLUSTER),
                effect.map(Effect::dnsClientFailing).orElse(0.0),
                effect.map(Effect::utilisation).orElse(0.0));
    }

    private FleetStatus.RolloutStatus status(RolloutPlan plan) {
        long updated = 0;
        long total = 0;
        Map<String, Phase> phases = new HashMap<>();
        for (RolloutPlan.Wave wave : plan.waves()) {
            total += wave.total();
            CdSystem.Progress progress = rollouts.progress().get(new CdSystem.Place(plan.rolloutId(), wave.cluster()));
            if (progress == null) continue;
            updated += progress.coverage().updated();
            phases.put(wave.cluster(), progress.phase());
        }
        return new FleetStatus.RolloutStatus(
                plan.rolloutId(),
                plan.agent().harmful(),
                new Coverage(updated, total),
                phases,
                rollouts.halted().contains(plan.rolloutId()));
    }
}
