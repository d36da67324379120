package dev.andon.connect.remotewrite;

import org.jspecify.annotations.Nullable;

/** A series that was seen before: what it means, and its place among those of its server. */
final class KnownSeries {
    private final Meaning meaning;
    private final @Nullable ServerTotals server;
    private int slot;
    private long lastSeenMillis;

    KnownSeries(Meaning meaning, @Nullable ServerTotals server) {
        this.meaning = meaning;
        this.server = server;
    }

    Meaning meaning() {
        return meaning;
    }

    /** @return whose totals it is part of; null for a series that is no total */
    @Nullable
    ServerTotals server() {
        return server;
    }

    int slot() {
        return slot;
    }

    void slot(int slot) {
        this.slot = slot;
    }

    long lastSeenMillis() {
        return lastSeenMillis;
    }

    void seen(long nowMillis) {
        lastSeenMillis = nowMillis;
    }
}
