package dev.andon.connect.common;

import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one task. A single one is worked on by the thread of the task; several by threads of their own, so that a
 * slow receiver does not delay another.
 */
final class Lanes implements AutoCloseable {
    private static final int MOST_THREADS = 64;
    private static final int IDLE_SECONDS = 30;
    private static final int STOP_SECONDS = 5;

    private final List<Lane> lanes;
    private final Clock clock;
    private final @Nullable ThreadPoolExecutor threads;

    Lanes(String sink, List<Lane> lanes, Clock clock) {
        this.lanes = lanes;
        this.clock = clock;
        this.threads = lanes.size() > 1 ? threads(sink, Math.min(MOST_THREADS, lanes.size())) : null;
    }

    private static ThreadPoolExecutor threads(String sink, int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "andon-" + sink + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    List<Lane> all() {
        return lanes;
    }

    int size() {
        return lanes.size();
    }

    void accept(SinkRecord record, Signal signal) {
        lanes.forEach(
                lane -> lane.accept(record, Notice.of(signal), lane.sender().errand(signal)));
    }

    /** @param unwanted called for each lane whose receiver has no use for it */
    void accept(SinkRecord record, RolloutEvent rollout, Runnable unwanted) {
        for (Lane lane : lanes) {
            lane.sender()
                    .started(rollout)
                    .ifPresentOrElse(errand -> lane.accept(record, Notice.of(rollout), errand), unwanted);
        }
    }

    void supersede(Signal by) {
        Notice notice = Notice.of(by);
        lanes.forEach(lane -> lane.supersede(notice.subject(), notice.name()));
    }

    /** Makes the attempts that are due, or has them made. */
    void work() {
        Instant now = clock.instant();
        for (Lane lane : lanes) {
            boolean due = lane.nextDue(now).filter(next -> !next.isAfter(now)).isPresent();
            if (due && lane.claim()) {
                run(() -> lane.work());
            }
        }
    }

    /** Has each receiver asked whether it is there; what it says shows in the log and the metrics. */
    void check() {
        for (Lane lane : lanes) {
            if (lane.claim()) {
                run(lane::check);
            }
        }
    }

    private void run(Runnable work) {
        Executor executor = threads == null ? Runnable::run : threads;
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            // The task is being stopped; what is left is read again by whoever takes over.
        }
    }

    /** Whether other threads are at work right now. */
    boolean working() {
        return threads != null && lanes.stream().anyMatch(Lane::working);
    }

    Optional<Instant> nextDue(Instant now) {
        return lanes.stream().flatMap(lane -> lane.nextDue(now).stream()).min(Comparator.naturalOrder());
    }

    @Override
    public void close() {
        if (threads == null) {
            return;
        }
        threads.shutdownNow();
        try {
            var unused = threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
