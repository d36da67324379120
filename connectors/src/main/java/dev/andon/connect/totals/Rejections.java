package dev.andon.connect.totals;

import java.util.EnumMap;
import java.util.Map;

/** Counts rejections of one step. */
final class Rejections {
    private final Map<Rejection, Integer> counts = new EnumMap<>(Rejection.class);

    void add(Rejection rejection, int count) {
        if (count > 0) {
            counts.merge(rejection, count, Integer::sum);
        }
    }

    Map<Rejection, Integer> all() {
        return Map.copyOf(counts);
    }
}
