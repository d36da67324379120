package dev.andon.http.view;

import dev.andon.domain.Delivery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far sinks have come with each signal. Bounded: the signals that were heard of first are forgotten first. */
final class Deliveries {
    private static final int MOST_SIGNALS = 10_000;
    /** Of one signal; nobody has more, but records may name any. */
    private static final int MOST_SINKS = 100;

    private final Map<String, SortedMap<String, DeliverySteps>> bySignal = new LinkedHashMap<>();

    void accept(Delivery delivery) {
        SortedMap<String, DeliverySteps> sinks = bySignal.computeIfAbsent(delivery.signalId(), id -> new TreeMap<>());
        if (sinks.size() < MOST_SINKS || sinks.containsKey(delivery.sink())) {
            sinks.merge(delivery.sink(), DeliverySteps.NONE.with(delivery), (known, first) -> known.with(delivery));
        }
        if (bySignal.size() > MOST_SIGNALS) {
            bySignal.remove(bySignal.keySet().iterator().next());
        }
    }

    SortedMap<String, DeliverySteps> of(String signalId) {
        return bySignal.getOrDefault(signalId, new TreeMap<>());
    }
}
