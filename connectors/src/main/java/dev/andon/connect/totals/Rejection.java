package dev.andon.connect.totals;

/** Why a page that could be read gave fewer samples than it could have. Closed, because it is also a metric label. */
public enum Rejection {
    /** A running total fell: the server has started again, and the page is the new baseline. */
    COUNTER_RESET(false),
    /** The server says that it has started again; the page is the new baseline. */
    PROCESS_RESTARTED(false),
    /** The clock of this worker did not advance between two scrapes; the page is the new baseline. */
    CLOCK_NOT_ADVANCED(false),
    /** More time has passed than one sample may cover (a day); the page is the new baseline. */
    INTERVAL_TOO_LONG(false),
    /** A series whose buckets are others than at the last scrape; it begins anew. */
    LAYOUT_CHANGED(false),
    /** A series whose buckets differ from those of its neighbours, or are not bounds of a latency; left out. */
    LAYOUT_UNUSABLE(true),
    /** A running total that is negative, infinite or NaN; the series is left out. */
    NOT_A_TOTAL(true),
    /** The metric that this kind of target is scraped for is not on the page. */
    MISSING_METRIC(true);

    private final boolean lasting;

    Rejection(boolean lasting) {
        this.lasting = lasting;
    }

    /** @return whether this stays so until someone acts, rather than being over with the next scrape */
    public boolean lasting() {
        return lasting;
    }
}
