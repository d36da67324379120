package dev.andon.service;

import java.util.List;
import java.util.Optional;

/**
 * How the service is.
 *
 * @param live false when only a restart of the process can help
 * @param ready whether decisions can be asked for; false while state is restored
 * @param components each part with what is wrong with it
 */
public record Health(boolean live, boolean ready, List<Component> components) {
    /** One part of the service and, when it is not up, why. */
    public record Component(String name, Status status, Optional<String> reason) {
        static Component up(String name) {
            return new Component(name, Status.UP, Optional.empty());
        }

        static Component of(String name, Status status, String reason) {
            return new Component(name, status, Optional.of(reason).filter(text -> !text.isBlank()));
        }
    }

    /** How one part is. */
    public enum Status {
        UP,
        /** On its way; wait. */
        STARTING,
        /** Broken in a way that the service lives with and tries to mend. */
        DEGRADED,
        /** Broken for good. */
        DOWN
    }

    public Health {
        components = List.copyOf(components);
    }

    /** Returns what is broken for good, so that only a restart of the process helps. */
    public Optional<String> fatal() {
        return first(Status.DOWN);
    }

    /** Returns what there is to wait for, or what is broken for good. */
    public Optional<String> notReady() {
        return fatal().or(() -> first(Status.STARTING));
    }

    private Optional<String> first(Status status) {
        return components.stream()
                .filter(component -> component.status() == status)
                .map(component -> component.name() + ": "
                        + component.reason().orElse(status == Status.DOWN ? "down" : "starting"))
                .findFirst();
    }

    /** Live while nothing is broken for good; ready when in addition nothing is still on its way. */
    static Health of(List<Component> components) {
        boolean live = components.stream().noneMatch(c -> c.status() == Status.DOWN);
        boolean settled = components.stream().noneMatch(c -> c.status() == Status.STARTING);
        return new Health(live, live && settled, components);
    }
}
