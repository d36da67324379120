package dev.andon.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the parts of this process are doing. Asked per request, so the answers must be at hand. */
public interface Readiness {
    /** @return what has failed for good, so that the process must be restarted; empty while it lives */
    Optional<String> fatal();

    /** @return why this process cannot do its work now, e.g. the detector restores its state; empty when it can */
    Optional<String> notReady();

    /** @return what is broken in a way that this process lives with, such as a receiver that refuses the credentials */
    default List<String> degraded() {
        return List.of();
    }

    /** @return until when everything that was stored has surely been seen here; the epoch when that was never so */
    Instant currentAsOf();
}
