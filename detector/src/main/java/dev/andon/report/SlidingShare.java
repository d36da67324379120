package dev.andon.report;

import java.time.Duration;

/** A share of bad events over any window, from running totals in steps of {@link #STEP}. O(1) per question. */
final class SlidingShare {
    /** How often rules are evaluated; Prometheus' usual interval. */
    static final Duration STEP = Duration.ofSeconds(30);

    private final Series bad = new Series();
    private final Series total = new Series();
    private long firstStep = -1;

    /** @param step number of steps since the epoch; never falls by more than what is kept */
    void add(long step, double badEvents, double allEvents) {
        if (firstStep < 0) firstStep = step;
        int index = (int) Math.max(0, step - firstStep);
        while (total.size() <= index) {
            bad.add(bad.last());
            total.add(total.last());
        }
        // What comes late counts where the totals stand now.
        bad.addToLast(badEvents);
        total.addToLast(allEvents);
    }

    /** @return bad of all in the window that ends with {@code step}, on what there is of it; 0 when there is nothing */
    double share(long step, Duration window) {
        if (firstStep < 0 || step < firstStep) return 0;
        int end = (int) Math.min(step - firstStep, total.size() - 1L);
        long begin = step - firstStep - window.toMillis() / STEP.toMillis();
        if (begin >= total.size()) return 0;
        double all = total.get(end) - (begin < 0 ? 0 : total.get((int) begin));
        double some = bad.get(end) - (begin < 0 ? 0 : bad.get((int) begin));
        return all <= 0 ? 0 : some / all;
    }
}
