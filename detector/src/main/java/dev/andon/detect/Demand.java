package dev.andon.detect;

import java.time.Instant;
import java.util.List;

/**
 * How much is asked of one kind of request: what is usual, and by how much the last ticks exceeded it.
 *
 * <p>Demand is no sign of harm, as traffic doubles every day; but it leads to harm, so blame looks at who made it grow.
 *
 * @param usual mean requests per tick
 * @param spread their standard deviation beyond that of random arrivals, as a part of {@code usual}
 * @param learned ticks behind both, at most the memory
 * @param recent excess in the last ticks, as {@code ln(1 + excess / (2 standard deviations))}
 */
public record Demand(double usual, double spread, double learned, Recent recent) {
    private static final double SPREAD_AT_FIRST = 0.1;
    private static final double LEAST_SPREAD = 0.03;
    /** Memory in ticks: about ten minutes of 5 s samples. */
    private static final double MEMORY = 120;
    /** Deviations beyond this many standard deviations teach no more than it. */
    private static final double CLIP = 2.5;

    static final Demand UNKNOWN = new Demand(0, SPREAD_AT_FIRST, 0, Recent.NONE);

    /** @param calm whether the series shows no harm: what is asked then is usual */
    Demand with(Instant end, double requests, boolean calm) {
        if (learned == 0) return new Demand(requests, spread, 1, recent.with(end, 0, Recent.SHORT));
        double noise = noise();
        double deviation = (requests - usual) / noise;
        Recent next = recent.with(end, Math.log1p(Math.max(0, deviation) / 2), Recent.SHORT);
        if (!calm) return new Demand(usual, spread, learned, next);
        double ticks = Math.min(MEMORY, learned + 1);
        double clipped = Math.max(-CLIP, Math.min(CLIP, deviation));
        double beyondRandom = Math.max(0, clipped * clipped * noise * noise - usual) / Math.max(1, usual * usual);
        double variance = spread * spread + (beyondRandom - spread * spread) / ticks;
        return new Demand(
                Math.max(0, usual + clipped * noise / ticks), Math.max(LEAST_SPREAD, Math.sqrt(variance)), ticks, next);
    }

    private double noise() {
        return Math.sqrt(Math.max(1, usual) + spread * spread * usual * usual);
    }

    /**
     * @param ticks newest ticks that are looked at
     * @return the second largest number of requests beyond the usual among them: one tick proves nothing
     */
    public double excess(int ticks) {
        double largest = 0;
        double second = 0;
        List<EffectPoint> points = recent.points();
        for (EffectPoint point : points.subList(Math.max(0, points.size() - ticks), points.size())) {
            double excess = Math.expm1(point.effect()) * 2 * noise();
            second = Math.max(second, Math.min(largest, excess));
            largest = Math.max(largest, excess);
        }
        return second;
    }
}
