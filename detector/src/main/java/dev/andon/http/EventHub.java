package dev.andon.http;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.Delivery;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands what happens to those who listen. A listener must not block: it is called by the thread that reads the topics. */
public final class EventHub {
    private final Set<Consumer<Event>> listeners = ConcurrentHashMap.newKeySet();
    private final ViewJson json = new ViewJson();

    /**
     * One thing that happened.
     *
     * @param name {@code signal}, {@code change-point}, {@code rollout}, {@code delivery} or {@code override}
     * @param data one line of JSON
     */
    record Event(String name, String data) {}

    public void publish(Signal signal) {
        publish("signal", () -> json.signal(signal).toString());
    }

    public void publish(ChangePoint change) {
        publish("change-point", () -> json.changePoint(change).toString());
    }

    public void publish(RolloutEvent event) {
        publish("rollout", () -> json.rolloutEvent(event).toString());
    }

    public void publish(Delivery delivery) {
        publish("delivery", () -> json.delivery(delivery).toString());
    }

    public void publish(OperatorOverride override) {
        publish("override", () -> json.override(override).toString());
    }

    private void publish(String name, Supplier<String> data) {
        if (listeners.isEmpty()) return;
        Event event = new Event(name, data.get());
        listeners.forEach(listener -> listener.accept(event));
    }

    void listen(Consumer<Event> listener) {
        listeners.add(listener);
    }

    void leave(Consumer<Event> listener) {
        listeners.remove(listener);
    }
}
