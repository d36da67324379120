package dev.andon.service;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka from ending this process. Broker, controller and Connect worker call {@code Exit.halt} on faults that are
 * fatal to them; in this JVM they are guests, so the fault is remembered for the health report and the host lives on.
 */
final class KafkaExit {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaExit.class);
    private static final AtomicReference<@Nullable String> LAST = new AtomicReference<>();

    private KafkaExit() {}

    /** Installs the hooks and forgets earlier faults; harmless when called again. */
    static void intercept() {
        LAST.set(null);
        Exit.setExitProcedure(KafkaExit::remember);
        Exit.setHaltProcedure(KafkaExit::remember);
    }

    /** Returns why Kafka wanted to end the process since {@link #intercept}; empty when it did not. */
    static Optional<String> lastFault() {
        return Optional.ofNullable(LAST.get());
    }

    private static void remember(int status, @Nullable String message) {
        String fault = "Kafka asked to end the process with status " + status
                + (message == null || message.isBlank() ? "" : ": " + message);
        if (LAST.compareAndSet(null, fault)) {
            LOG.error("{}; the process goes on, the broker may not", fault);
        }
    }
}
