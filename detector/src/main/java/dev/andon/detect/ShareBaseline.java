package dev.andon.detect;

/**
 * What is usual of a series of events of a total.
 *
 * @param events remembered events
 * @param total remembered total
 * @param ticks ticks behind both, at most the memory
 * @param dispersion variance over that of a binomial, {@code >= 1}
 */
public record ShareBaseline(double events, double total, double ticks, double dispersion) {
    static final ShareBaseline UNKNOWN = new ShareBaseline(0, 0, 0, 1);

    /** @return the share, in (0, 1) */
    double share() {
        return (events + 0.5) / (total + 1);
    }
}
