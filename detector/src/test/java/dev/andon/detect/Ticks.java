package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Ticks every 5 s, for tests. */
final class Ticks {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private Ticks() {}

    static Instant at(int tick) {
        return T0.plus(INTERVAL.multipliedBy(tick));
    }

    static Tick tick(int number, double value, double weight) {
        return new Tick(at(number), INTERVAL, value, weight);
    }

    static List<Tick> of(int from, int count, double weight, DoubleSupplier values) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = from; i < from + count; i++) ticks.add(tick(i, values.getAsDouble(), weight));
        return ticks;
    }
}
