package dev.andon.report;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What people know of a history that Andon does not: which rollouts were bad.
 *
 * @param bad rolloutIds; when present, all others count as fine
 * @param onset when the harm began, where that is known
 */
public record Known(Optional<Set<String>> bad, Optional<Instant> onset) {
    /** Nobody has said anything. */
    public static final Known NOTHING = new Known(Optional.empty(), Optional.empty());

    public Known {
        bad = bad.map(Set::copyOf);
    }

    /** What is known of one rollout. */
    enum Verdict {
        BAD,
        FINE,
        UNKNOWN
    }

    Verdict verdictOn(String rolloutId) {
        return bad.map(ids -> ids.contains(rolloutId) ? Verdict.BAD : Verdict.FINE)
                .orElse(Verdict.UNKNOWN);
    }
}
