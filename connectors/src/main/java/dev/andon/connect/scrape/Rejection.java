package dev.andon.connect.scrape;

/** Why a page that could be read gave fewer samples than it could have. Closed, because it is also a metric label. */
enum Rejection {
    /** A running total fell: the server has started again, and the page is the new baseline. */
    COUNTER_RESET,
    /** The server says that it has started again; the page is the new baseline. */
    PROCESS_RESTARTED,
    /** The clock of this worker did not advance between two scrapes; the page is the new baseline. */
    CLOCK_NOT_ADVANCED,
    /** More time has passed than one sample may cover (a day); the page is the new baseline. */
    INTERVAL_TOO_LONG,
    /** A series whose buckets are others than at the last scrape; it begins anew. */
    LAYOUT_CHANGED,
    /** A series whose buckets differ from those of its neighbours, or are not bounds of a latency; left out. */
    LAYOUT_UNUSABLE,
    /** A running total that is negative, infinite or NaN; the series is left out. */
    NOT_A_TOTAL,
    /** The metric that this kind of target is scraped for is not on the page. */
    MISSING_METRIC
}
