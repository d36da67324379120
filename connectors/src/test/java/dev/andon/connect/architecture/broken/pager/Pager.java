package dev.andon.connect.architecture.broken.pager;

import java.time.Instant;

/** Asks the system for the time. */
public record Pager(Instant lastPage) {
    Pager page() {
        return new Pager(Instant.now());
    }
}
