package dev.andon.connect.totals;

import java.time.Duration;
import java.util.Optional;

/** Decides whether a page continues the one before it, or is a baseline. */
final class Continuity {
    static final String PROCESS_START = "process_start_time_seconds";

    /** Servers derive their start time from the boot time of the host, which wobbles when its clock is adjusted. */
    private static final double START_TOLERANCE_SECONDS = 2;

    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

    private Continuity() {}

    /** @return why the page cannot continue the state; empty when it can. The state must have a time */
    static Optional<Rejection> broken(TargetState state, Scrape scrape) {
        Duration interval = Duration.between(state.time().orElseThrow(), scrape.time());
        if (interval.toMillis() <= 0) {
            return Optional.of(Rejection.CLOCK_NOT_ADVANCED);
        }
        if (interval.compareTo(LONGEST_INTERVAL) > 0) {
            return Optional.of(Rejection.INTERVAL_TOO_LONG);
        }
        var start = scrape.page().single(PROCESS_START);
        boolean restarted = start.isPresent()
                && state.processStartSeconds().isPresent()
                && Math.abs(start.getAsDouble() - state.processStartSeconds().getAsDouble()) > START_TOLERANCE_SECONDS;
        return restarted ? Optional.of(Rejection.PROCESS_RESTARTED) : Optional.empty();
    }
}
