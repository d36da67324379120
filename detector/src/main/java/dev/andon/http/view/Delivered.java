package dev.andon.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How far a signal that stands has come, end to end.
 *
 * @param emitted when it was said first: the time of the signal, which is that of the newest sample behind it
 * @param repetitions how often it was said again since, because it did not take; what sinks did is of the newest
 * @param stopped when the rollout itself said, since it was emitted, that it had been stopped; absent for ALARM
 * @param sinks what each connector did, by its name
 */
public record Delivered(
        Instant emitted, int repetitions, Optional<Instant> stopped, SortedMap<String, DeliverySteps> sinks) {
    public Delivered {
        sinks = new TreeMap<>(sinks);
    }

    /** @return when the first of the sinks took a step */
    public Optional<Instant> first(Function<DeliverySteps, Optional<Instant>> step) {
        return sinks.values().stream().map(step).flatMap(Optional::stream).min(Instant::compareTo);
    }

    /** @return from the first HALT to the moment at which a sink saw the rollout stand still, or it said so itself */
    public Optional<Duration> haltedAfter() {
        Optional<Instant> verified = first(DeliverySteps::verified);
        Optional<Instant> halted =
                stopped.map(said -> verified.filter(seen -> seen.isBefore(said)).orElse(said));
        return halted.or(() -> verified).map(end -> Duration.between(emitted, end));
    }

    /** @param steps of each sink, by its name */
    static Delivered of(Instant emitted, Map<String, DeliverySteps> steps) {
        return new Delivered(emitted, 0, Optional.empty(), new TreeMap<>(steps));
    }
}
