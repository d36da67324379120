package dev.andon.connect.scrape;

import dev.andon.connect.exposition.Page;
import dev.andon.connect.exposition.UnreadablePageException;
import java.time.Instant;

/**
 * One scrape of one target, finished.
 *
 * @param lane which target
 * @param time when the request was sent
 * @param startNanos the same on the monotonic clock
 * @param endNanos when the page had been read
 * @param result what came of it
 */
record Round(Lane lane, Instant time, long startNanos, long endNanos, Result result) {
    /** What came of a scrape. */
    sealed interface Result {}

    /** A page that could be read, though perhaps not every line of it. */
    record Read(Page page) implements Result {}

    /** A page that was refused as a whole. */
    record Refused(Fetched.Body body, UnreadablePageException why) implements Result {}

    /** No page. */
    record Failed(Fetched.Failed failure) implements Result {}

    long millis() {
        return (endNanos - startNanos) / 1_000_000;
    }
}
