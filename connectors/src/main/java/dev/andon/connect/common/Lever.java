package dev.andon.connect.common;

/**
 * What a CD system offers to stop one of its own undertakings, such as the execution of a pipeline. One request or two per
 * call; waiting, repeating and giving up belong to {@link LeverSender}.
 */
public interface Lever {
    /** How the undertaking was found. */
    enum Stage {
        /** It spreads the rollout, or will. */
        MOVES,
        /** It was told to stop, or cannot be stopped yet; to be looked at again soon. */
        WAITS,
        /** The CD system goes no further, but what it set off still does. */
        HELD,
        /** It stands still. */
        STANDS,
        /** It came to its end before it could be stopped. */
        OVER
    }

    /**
     * What was found.
     *
     * @param outcome of asking; the rest means nothing unless it is DELIVERED
     * @param saying one sentence about the stage, without secrets
     */
    record Look(Outcome outcome, Stage stage, String saying) {}

    /** Reads how it is. */
    Look look();

    /** Tells it to stop. */
    Outcome stop(String signalId);

    /** Gives back what {@link #stop} took, and nothing that somebody else has stopped. */
    Outcome release();

    /** What it is, for messages. */
    String name();
}
