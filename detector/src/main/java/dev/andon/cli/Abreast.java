package dev.andon.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does several things at once and gives what came of them in the order in which they were asked for. */
final class Abreast<T> implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ExecutorService workers;
    private final Queue<Future<T>> asked = new ArrayDeque<>();

    Abreast(int most) {
        workers = Executors.newFixedThreadPool(most);
    }

    void submit(Callable<T> work) {
        asked.add(workers.submit(work));
    }

    /** @return what came of the first thing that was asked for and not given yet; its exception if it had one */
    T next() {
        try {
            return asked.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            if (e.getCause() instanceof IOException failure) throw new UncheckedIOException(failure);
            throw new IllegalStateException("the work failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        }
    }

    /** What has not begun is given up; what has begun goes on to its end, so that no file is left half written. */
    @Override
    public void close() {
        asked.forEach(work -> work.cancel(false));
        workers.shutdown();
        try {
            if (!workers.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)) workers.shutdownNow();
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
