package dev.andon.connect.query;

import java.util.Optional;

/**
 * Which steps to ask for next. Pure. Steps lie on multiples of their length, so that the same time is asked for whenever
 * it is asked, and the answer to a step never changes once the server has all of it.
 *
 * @param fromMillis first step
 * @param toMillis last step
 */
record Steps(long fromMillis, long toMillis) {
    /**
     * @param doneMillis last step that was written
     * @param nowMillis time of day
     * @param lagMillis how long the server needs until it has everything
     * @param most steps at once
     * @return empty when there is none yet
     */
    static Optional<Steps> next(long doneMillis, long nowMillis, long stepMillis, long lagMillis, int most) {
        long from = Math.floorDiv(doneMillis, stepMillis) * stepMillis + stepMillis;
        long latest = Math.floorDiv(nowMillis - lagMillis, stepMillis) * stepMillis;
        long to = Math.min(latest, from + (most - 1L) * stepMillis);
        return to < from ? Optional.empty() : Optional.of(new Steps(from, to));
    }
}
