package dev.andon.service;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a connector and its tasks are doing.
 *
 * @param reason what made the connector fail, in one line
 */
public record ConnectorStatus(String name, State state, Optional<String> reason, List<Task> tasks) {
    /** One unit of a connector's work. */
    public record Task(int id, State state, Optional<String> reason) {}

    /** The states of Kafka Connect; {@link #UNKNOWN} is one that a newer Connect may add. */
    public enum State {
        UNASSIGNED,
        RUNNING,
        PAUSED,
        STOPPED,
        FAILED,
        RESTARTING,
        DESTROYED,
        UNKNOWN;

        static State of(String name) {
            return Stream.of(values())
                    .filter(s -> s.name().equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    public ConnectorStatus {
        tasks = List.copyOf(tasks);
    }

    /** Returns whether the connector runs and has tasks that all run. */
    public boolean running() {
        return state == State.RUNNING && !tasks.isEmpty() && tasks.stream().allMatch(t -> t.state() == State.RUNNING);
    }

    /** Returns the first failure of the connector or of one of its tasks. */
    public Optional<String> failure() {
        return Stream.concat(Stream.of(new Task(-1, state, reason)), tasks.stream())
                .filter(part -> part.state() == State.FAILED)
                .map(part -> part.reason().orElse("no reason given"))
                .findFirst();
    }
}
