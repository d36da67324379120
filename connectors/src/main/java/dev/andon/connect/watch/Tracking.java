package dev.andon.connect.watch;

import dev.andon.schema.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has happened to an object between two looks at it. Pure. It does not matter how many changes lie between them, or
 * whether the object was listed again: phases follow from what is known and what is seen.
 */
final class Tracking {
    /** An object that was there before we were and is younger than this is a rollout; an older one is how things are. */
    static final Duration RECENT = Duration.ofMinutes(10);

    private Tracking() {}

    /**
     * What to remember, and whether to say it.
     *
     * @param next to remember
     * @param tell whether this is news; {@code next} is what to say then
     */
    record Step(Known next, boolean tell) {}

    static Step step(Optional<Known> before, Seen seen, Instant now) {
        if (before.isEmpty() || !before.get().uid().equals(seen.uid())) {
            return first(before, seen, now);
        }
        Known known = before.get();
        if (!known.revision().equals(seen.revision())) {
            return anotherRevision(known, seen);
        }
        if (known.settled()) {
            return reopened(known, seen);
        }
        Known next = with(known, phase(seen), seen);
        return new Step(next, !next.equals(known));
    }

    /** @return what to say of an object that is gone; nothing when its rollout was over */
    static Step gone(Known known) {
        Known next = new Known(
                known.uid(),
                known.rolloutId(),
                known.revision(),
                known.previous(),
                Phase.ABORTED,
                known.updated(),
                known.total());
        return new Step(next, !known.settled());
    }

    private static Step first(Optional<Known> before, Seen seen, Instant now) {
        Known next = begun(seen, "");
        // One that took the place of another of its name is new, however it came to be known.
        boolean young = before.isPresent()
                || seen.created()
                        .filter(created -> created.plus(RECENT).isAfter(now))
                        .isPresent();
        return new Step(next, young || !next.settled());
    }

    private static Step anotherRevision(Known known, Seen seen) {
        if (seen.revision().equals(known.previous())) {
            // Whether it is undone before or after it was done: the change that was spread is taken back.
            Known back = new Known(
                    known.uid(),
                    known.rolloutId(),
                    seen.revision(),
                    known.revision(),
                    Phase.ROLLED_BACK,
                    OptionalLong.empty(),
                    OptionalLong.empty());
            return new Step(back, true);
        }
        return new Step(begun(seen, known.revision()), true);
    }

    /** Scaling and lost nodes move the counts of a rollout that is over; that is no rollout. */
    private static Step reopened(Known known, Seen seen) {
        boolean resumed = known.phase() == Phase.ABORTED
                && (seen.state() == Seen.State.SPREADING || seen.state() == Seen.State.DONE);
        return resumed ? new Step(with(known, phase(seen), seen), true) : new Step(known, false);
    }

    private static Known begun(Seen seen, String previous) {
        return new Known(
                seen.uid(),
                seen.rolloutName() + "@" + seen.revision(),
                seen.revision(),
                previous,
                phase(seen),
                seen.updated(),
                seen.total());
    }

    private static Known with(Known known, Phase phase, Seen seen) {
        // What the controller has not looked at yet is as it was.
        boolean counted = seen.updated().isPresent() && seen.total().isPresent();
        return new Known(
                known.uid(),
                known.rolloutId(),
                known.revision(),
                known.previous(),
                phase == Phase.STARTED ? known.phase() : phase,
                counted ? seen.updated() : known.updated(),
                counted ? seen.total() : known.total());
    }

    private static Phase phase(Seen seen) {
        return switch (seen.state()) {
            case PENDING -> Phase.STARTED;
            case SPREADING -> Phase.PROGRESSING;
            case PAUSED -> Phase.PAUSED;
            case DONE -> Phase.COMPLETED;
            case ABORTED -> Phase.ABORTED;
            case ROLLED_BACK -> Phase.ROLLED_BACK;
        };
    }
}
