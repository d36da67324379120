package dev.andon.report;

import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rollout and what was said of it.
 *
 * @param halt the first HALT
 * @param hold the first HOLD
 * @param signals all of it, by time
 */
record Story(
        RolloutCourse course, Known.Verdict truth, Optional<Signal> halt, Optional<Signal> hold, List<Signal> signals) {
    /** @return from the onset, as known or else as seen, to the first HALT */
    Optional<Duration> delay(Optional<Instant> knownOnset) {
        return halt.flatMap(signal -> knownOnset
                .filter(onset -> truth == Known.Verdict.BAD)
                .or(signal::onset)
                .map(onset -> Duration.between(onset, signal.time())));
    }

    boolean told() {
        return !signals.isEmpty();
    }
}
