package dev.andon.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts failed connectors again. Kafka Connect leaves a failed task dead until somebody asks; a sink that is dead
 * because its receiver once answered nonsense would deliver no halt for days. The wait doubles from ten seconds to five
 * minutes while a connector keeps failing.
 */
final class ConnectorWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Supplier<List<ConnectorStatus>> statuses;
    private final Consumer<String> restart;
    private final Clock clock;
    private final Map<String, Pause> pauses = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "connector-watch");

    /** @param until when the connector may be started again */
    private record Pause(Instant until, Duration length) {}

    ConnectorWatch(Supplier<List<ConnectorStatus>> statuses, Consumer<String> restart, Clock clock) {
        this.statuses = statuses;
        this.restart = restart;
        this.clock = clock;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once: begins a pause for what has just failed, restarts what has paused long enough. */
    void look() {
        try {
            Instant now = clock.instant();
            for (ConnectorStatus status : statuses.get()) {
                status.failure().ifPresent(reason -> failed(status.name(), reason, now));
            }
        } catch (RuntimeException e) {
            // One failure must not end the watch.
            LOG.warn("connectors could not be looked after: {}", e.toString());
        }
    }

    private void failed(String name, String reason, Instant now) {
        Pause pause = pauses.get(name);
        if (pause == null || now.isAfter(pause.until().plus(LONGEST_WAIT))) {
            LOG.warn("connector {} has failed and is started again in {} s: {}", name, FIRST_WAIT.toSeconds(), reason);
            pauses.put(name, new Pause(now.plus(FIRST_WAIT), FIRST_WAIT));
        } else if (!now.isBefore(pause.until())) {
            Duration next = shorter(pause.length().multipliedBy(2), LONGEST_WAIT);
            pauses.put(name, new Pause(now.plus(next), next));
            restart.accept(name);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
