package dev.andon.detect;

/**
 * Baseline and run of a series of events of a total.
 *
 * @param events remembered events of the old regime
 * @param total remembered total of the old regime
 * @param ticks ticks behind the baseline, at most the memory
 * @param dispersion variance over that of a binomial, {@code >= 1}
 * @param run the stretch that may be a new regime; its {@code sum} over its {@code weight} is the share
 */
public record ShareState(double events, double total, double ticks, double dispersion, Run run) {
    public static final ShareState EMPTY = new ShareState(0, 0, 0, 1, Run.none(ShareDetector.ODDS.length));
}
