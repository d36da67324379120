package dev.andon.detect;

/**
 * Baselines and run of a series of events of a total.
 *
 * @param usual what ticks are compared with: the old regime, as known before the run began
 * @param newest the same, and what the run has taught since; takes the place of {@code usual} when the run comes to nothing
 * @param run the stretch that may be a new regime; its {@code sum} over its {@code weight} is the share
 */
public record ShareState(ShareBaseline usual, ShareBaseline newest, Run run) {
    public static final ShareState EMPTY =
            new ShareState(ShareBaseline.UNKNOWN, ShareBaseline.UNKNOWN, Run.none(ShareDetector.ODDS.length));
}
