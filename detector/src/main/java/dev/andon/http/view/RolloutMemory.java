package dev.andon.http.view;

import dev.andon.domain.Action;
import dev.andon.domain.Coverage;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is remembered of one rollout. */
final class RolloutMemory {
    private static final int MOST_PLACES = 20_000;
    private static final int MOST_SIGNALS = 50;
    private static final int MOST_STOPS = 50;
    private static final Set<Phase> STOPPED = Set.of(Phase.PAUSED, Phase.ABORTED, Phase.ROLLED_BACK);

    private final Map<String, RolloutView.Place> places = new LinkedHashMap<>();
    private final List<Signal> signals = new ArrayList<>();
    /** When it began to be stopped somewhere. */
    private final List<Instant> stops = new ArrayList<>();

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
        if (STOPPED.contains(event.phase()) && (known == null || !STOPPED.contains(known.phase()))) {
            stops.add(event.time());
            if (stops.size() > MOST_STOPS) stops.remove(0);
        }
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
    RolloutView view(Instant now, Deliveries deliveries) {
        Optional<Signal> stands = standing.filter(signal -> !ranOut(signal, now));
        return new RolloutView(
                newest.rolloutId(),
                newest.workload(),
                newest.revision(),
                newest.controller(),
                firstSeen,
                newest.time(),
                List.copyOf(places.values()),
                stands,
                stands.map(signal -> delivered(signal, deliveries)),
                List.copyOf(signals));
    }

    /** A signal that is said again counts from when it was said first. */
    private Delivered delivered(Signal signal, Deliveries deliveries) {
        int first = signals.size() - 1;
        while (first > 0 && signals.get(first - 1).action() == signal.action()) first--;
        Instant emitted = signals.get(first).time();
        return new Delivered(
                emitted,
                signals.size() - 1 - first,
                signal.action() == Action.HALT
                        ? stops.stream().filter(stop -> !stop.isBefore(emitted)).min(Instant::compareTo)
                        : Optional.empty(),
                deliveries.of(signal.signalId()));
    }

    private static boolean ranOut(Signal signal, Instant now) {
        Optional<Instant> end = signal.action() == Action.HOLD ? signal.until() : signal.expires();
        return end.map(instant -> !instant.isAfter(now)).orElse(false);
    }
}
