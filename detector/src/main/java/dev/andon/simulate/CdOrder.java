package dev.andon.simulate;

import java.time.Duration;

/**
 * What a signal means to the CD system.
 *
 * @param until for HOLD: since the start of the scenario; ignored otherwise
 */
record CdOrder(Kind kind, String rolloutId, Duration until) {
    /** What is ordered. An ALARM is for the pager and orders nothing. */
    enum Kind {
        HALT,
        HOLD,
        CLEAR
    }

    static CdOrder halt(String rolloutId) {
        return new CdOrder(Kind.HALT, rolloutId, Duration.ZERO);
    }

    static CdOrder hold(String rolloutId, Duration until) {
        return new CdOrder(Kind.HOLD, rolloutId, until);
    }

    static CdOrder clear(String rolloutId) {
        return new CdOrder(Kind.CLEAR, rolloutId, Duration.ZERO);
    }
}
