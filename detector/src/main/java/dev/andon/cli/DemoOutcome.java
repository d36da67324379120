package dev.andon.cli;

import dev.andon.domain.Action;
import dev.andon.domain.Exposure;
import dev.andon.domain.Signal;
import dev.andon.http.view.Fleet;
import dev.andon.simulate.FleetStatus;
import dev.andon.simulate.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the demo ended, by the simulation's own account and by Andon's signals.
 *
 * @param guilty the rollout that hurts clusters; absent when the scenario has none
 * @param onset first instant at which a cluster was really hurt
 * @param halt first HALT of the guilty rollout
 * @param reached coverage of the guilty rollout when it was halted, or at the end when it never was
 * @param halted all rollouts that were told to stop
 * @param completed all rollouts that covered their last place
 * @param innocents all rollouts but the guilty one
 * @param recovered when the hurt was over, by Andon's CLEAR
 */
record DemoOutcome(
        String scenario,
        long seed,
        boolean andon,
        Optional<String> guilty,
        Optional<Instant> onset,
        Optional<Signal> halt,
        Exposure reached,
        List<String> halted,
        List<String> completed,
        List<String> innocents,
        Optional<Instant> recovered) {

    static DemoOutcome of(String scenario, long seed, boolean andon, FleetStatus status, Truth truth, Fleet fleet) {
        Optional<FleetStatus.RolloutStatus> guilty = status.rollouts().stream()
                .filter(FleetStatus.RolloutStatus::guilty)
                .filter(rollout -> rollout.halted() || truth.guilty().isPresent())
                .findFirst();
        Optional<String> guiltyId = guilty.map(FleetStatus.RolloutStatus::rolloutId);
        Optional<Signal> halt = guiltyId.flatMap(id -> first(fleet, Action.HALT, id));
        return new DemoOutcome(
                scenario,
                seed,
                andon,
                guiltyId,
                truth.onset(),
                halt,
                reached(guilty, halt),
                ids(status, FleetStatus.RolloutStatus::halted),
                ids(status, FleetStatus.RolloutStatus::completed),
                ids(status, rollout -> !guiltyId.equals(Optional.of(rollout.rolloutId()))),
                guiltyId.flatMap(id -> first(fleet, Action.CLEAR, id)).map(Signal::time));
    }

    private static Optional<Signal> first(Fleet fleet, Action action, String rolloutId) {
        return fleet.signals().stream()
                .filter(signal -> signal.action() == action)
                .filter(signal -> signal.rolloutId().equals(Optional.of(rolloutId)))
                .findFirst();
    }

    /** A signal knows the clusters that the rollout has reached; the plan knows all. */
    private static Exposure reached(Optional<FleetStatus.RolloutStatus> guilty, Optional<Signal> halt) {
        long planned = guilty.map(rollout -> rollout.coverage().total()).orElse(0L);
        return halt.flatMap(Signal::exposure)
                .map(e -> new Exposure(e.updated(), Math.max(e.total(), planned), e.clusters()))
                .orElseGet(() -> new Exposure(
                        guilty.map(rollout -> rollout.coverage().updated()).orElse(0L),
                        planned,
                        guilty.map(rollout -> rollout.phases().size()).orElse(0)));
    }

    private static List<String> ids(FleetStatus status, Predicate<FleetStatus.RolloutStatus> predicate) {
        return status.rollouts().stream()
                .filter(predicate)
                .map(FleetStatus.RolloutStatus::rolloutId)
                .toList();
    }

    double ratio() {
        return reached.total() == 0 ? 0 : (double) reached.updated() / reached.total();
    }

    /** @return what is not as it should be; empty when the guilty one was halted and the innocents completed */
    Optional<String> failure() {
        if (!andon) return Optional.empty();
        List<String> wrong = new ArrayList<>();
        if (guilty.isPresent() && !halted.contains(guilty.get())) wrong.add(guilty.get() + " was not halted");
        for (String innocent : innocents) {
            if (halted.contains(innocent)) {
                wrong.add(innocent + " was halted although it did no harm");
            } else if (!completed.contains(innocent)) {
                wrong.add(innocent + " did not complete");
            }
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    /** @return how long after the onset the HALT was decided; negative when it was before anybody was hurt */
    Optional<Duration> delay() {
        return onset.flatMap(since -> halt.map(signal -> Duration.between(since, signal.time())));
    }
}
