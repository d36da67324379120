package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The detector as the service sees it: something on Kafka that starts, tells how it is, and stops. */
public interface StreamsApplication {
    /** Begins to work and returns; whether it works is said by {@link #state}. */
    void start();

    /** Returns how it is now. */
    State state();

    /** Stops within the limit, leaving its state complete. */
    void close(Duration limit);

    /**
     * How the application is.
     *
     * @param detail one line for people, empty when there is nothing to say
     */
    record State(Phase phase, String detail) {}

    /** The stages of its life. */
    enum Phase {
        /** Not yet at work: joining, restoring state. Normal, also after a start. */
        STARTING,
        RUNNING,
        /** Given up; only a restart of the process helps. */
        FAILED,
        STOPPED
    }

    /**
     * What the application is made from.
     *
     * @param clients security and other properties of every Kafka client
     * @param stateDirectory for its own use, kept over restarts
     */
    record Context(
            AndonConfig config,
            String bootstrapServers,
            Map<String, String> clients,
            Path stateDirectory,
            Metrics metrics) {
        public Context {
            clients = Map.copyOf(clients);
        }
    }

    /** Makes the application; it is started later. */
    @FunctionalInterface
    interface Factory {
        StreamsApplication create(Context context);
    }
}
