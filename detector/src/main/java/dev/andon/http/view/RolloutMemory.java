package dev.andon.http.view;

import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of one rollout. */
final class RolloutMemory {
    private static final int MOST_PLACES = 20_000;
    private static final int MOST_SIGNALS = 50;

    private final Map<String, RolloutView.Place> places = new LinkedHashMap<>();
    private final List<Signal> signals = new ArrayList<>();
    private final Instant firstSeen;
    private RolloutEvent newest;
    private Optional<Signal> standing = Optional.empty();

    RolloutMemory(RolloutEvent first) {
        this.firstSeen = first.time();
        this.newest = first;
    }

    void accept(RolloutEvent event) {
        if (!event.time().isBefore(newest.time())) newest = event;
        RolloutView.Place known = places.get(event.cluster());
        if (known != null && event.time().isBefore(known.time())) return;
        if (known == null && places.size() >= MOST_PLACES) return;
        Coverage before = known == null ? Coverage.NONE : known.coverage();
        Coverage coverage = event.coverage().orElse(before);
        places.put(event.cluster(), new RolloutView.Place(event.cluster(), event.phase(), coverage, event.time()));
    }

    void accept(Signal signal) {
        signals.add(signal);
        if (signals.size() > MOST_SIGNALS) signals.remove(0);
        boolean stands = signal.action() == Action.HALT || signal.action() == Action.HOLD;
        standing = stands ? Optional.of(signal) : Optional.empty();
    }

    /** @param now a signal that has run out by then does not stand any more */
    RolloutView view(Instant now) {
        return new RolloutView(
                newest.rolloutId(),
                newest.workload(),
                newest.revision(),
                newest.controller(),
                firstSeen,
                newest.time(),
                List.copyOf(places.values()),
                standing.filter(signal -> !ranOut(signal, now)),
                List.copyOf(signals));
    }

    private static boolean ranOut(Signal signal, Instant now) {
        Optional<Instant> end = signal.action() == Action.HOLD ? signal.until() : signal.expires();
        return end.map(instant -> !instant.isAfter(now)).orElse(false);
    }
}
