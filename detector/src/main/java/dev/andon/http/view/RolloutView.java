package dev.andon.http.view;

import dev.andon.domain.Controller;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rollout as it is known now.
 *
 * @param places one per cluster that it touches, in the order in which they were reached
 * @param standing the HALT or HOLD that stands for it
 * @param delivered how far that signal has come; present when one stands
 * @param signals all of it that are remembered, oldest first
 */
public record RolloutView(
        String rolloutId,
        Workload workload,
        Optional<String> revision,
        Optional<Controller> controller,
        Instant firstSeen,
        Instant lastSeen,
        List<Place> places,
        Optional<Signal> standing,
        Optional<Delivered> delivered,
        List<Signal> signals) {
    /** The rollout in one cluster. */
    public record Place(String cluster, Phase phase, Coverage coverage, Instant time) {}

    public RolloutView {
        places = List.copyOf(places);
        signals = List.copyOf(signals);
    }

    /** @return coverage over all clusters that it has reached */
    public Coverage coverage() {
        long updated = 0;
        long total = 0;
        for (Place place : places) {
            updated += place.coverage().updated();
            total += place.coverage().total();
        }
        return new Coverage(updated, total);
    }

    /** @return where it stands as a whole: stopped if it is stopped anywhere, completed only if it is everywhere */
    public Phase phase() {
        for (Phase phase : new Phase[] {Phase.ROLLED_BACK, Phase.ABORTED, Phase.PAUSED, Phase.PROGRESSING}) {
            if (places.stream().anyMatch(place -> place.phase() == phase)) return phase;
        }
        boolean completed = places.stream().allMatch(place -> place.phase() == Phase.COMPLETED);
        return completed && !places.isEmpty() ? Phase.COMPLETED : Phase.STARTED;
    }
}
