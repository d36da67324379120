package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import java.util.List;
import java.util.Optional;

/** One outcome for several objects: the worst, and never a rejection while others are still kept halted. */
public final class Together {
    private Together() {}

    /** The outcome of the whole; empty when there is none to judge. */
    public static Optional<Outcome> all(List<Outcome> outcomes) {
        Optional<Outcome> retry = first(outcomes, Kind.RETRY);
        Optional<Outcome> rejected = first(outcomes, Kind.REJECTED);
        if (retry.isPresent()) {
            return retry;
        }
        if (rejected.isPresent()) {
            boolean alone = outcomes.stream().allMatch(outcome -> outcome.kind() == Kind.REJECTED);
            Outcome worst = rejected.get();
            return Optional.of(alone ? worst : worst.means(Kind.RETRY, Reason.NOT_HALTED, worst.detail()));
        }
        // What is only SENT has yet to be verified, so it speaks for all.
        return outcomes.stream().reduce((one, other) -> one.status().compareTo(other.status()) <= 0 ? one : other);
    }

    private static Optional<Outcome> first(List<Outcome> outcomes, Kind kind) {
        return outcomes.stream().filter(outcome -> outcome.kind() == kind).findFirst();
    }
}
