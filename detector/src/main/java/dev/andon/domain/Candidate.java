package dev.andon.domain;

import java.util.Optional;

/**
 * A rollout that may have done it.
 *
 * @param probability that this rollout caused the change, in [0, 1]; the rest belongs to the others and to "none of them"
 * @param exonerated whether it is ruled out, with the reason in {@code why}
 */
public record Candidate(String rolloutId, double probability, boolean exonerated, Optional<String> why) {
    public Candidate {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be in [0, 1] but was " + probability);
        }
    }
}
