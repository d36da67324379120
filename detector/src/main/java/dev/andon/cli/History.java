package dev.andon.cli;

import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.recording.Replay;
import dev.andon.report.Budget;
import dev.andon.report.Known;
import dev.andon.report.Report;
import dev.andon.report.Review;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Replays one history with several budgets side by side and reviews it. Inputs come in order of time and are not kept: a
 * month of them does not fit into memory. While one batch is worked on, the caller may read the next.
 */
final class History implements AutoCloseable {
    private static final int BATCH = 16_384;
    private static final double[] FACTORS = {10, 1, 0.1, 0.01};
    private static final double MOST = 0.5;

    private final double budget;
    private final Review review;
    private final Map<Double, Replay> replays = new LinkedHashMap<>();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors()));
    private final List<Future<?>> working = new ArrayList<>();
    private List<Input> batch = new ArrayList<>(BATCH);

    /** @param signals with the settings in question */
    record Outcome(List<Signal> signals, Report report) {}

    History(String name, Settings settings, Duration bin) {
        this.budget = settings.falseHaltProbability();
        this.review = new Review(name, bin);
        for (double factor : FACTORS) {
            double other = factor == 1 ? budget : Math.min(MOST, budget * factor);
            replays.computeIfAbsent(other, key -> Replay.begin(settings.withBudget(other)));
        }
    }

    void accept(Input input) {
        batch.add(input);
        if (batch.size() >= BATCH) flush();
    }

    private void flush() {
        await();
        List<Input> full = batch;
        batch = new ArrayList<>(BATCH);
        for (Replay replay : replays.values()) working.add(workers.submit(() -> full.forEach(replay::accept)));
        working.add(workers.submit(() -> full.forEach(review::accept)));
    }

    private void await() {
        for (Future<?> work : working) {
            try {
                work.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the replay failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandException.failed("interrupted", e);
            }
        }
        working.clear();
    }

    Outcome finish(Known known) {
        flush();
        await();
        List<Budget> budgets = new ArrayList<>();
        List<Signal> chosen = List.of();
        for (Map.Entry<Double, Replay> replay : replays.entrySet()) {
            List<Signal> signals = replay.getValue().finish().signals();
            boolean own = replay.getKey() == budget;
            if (own) chosen = signals;
            budgets.add(Budget.of(replay.getKey(), own, signals));
        }
        return new Outcome(chosen, review.finish(chosen, known, budgets));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
