package dev.andon.simulate;

/**
 * Draws the latencies of many requests of one kind: a quick body, a slow tail, and the wait in the queue on top. Few
 * requests are drawn one by one, many bucket by bucket, so the cost does not grow with the traffic.
 */
final class Latencies {
    private static final int ONE_BY_ONE_UP_TO = 24;
    private static final double WAIT_VARIATION = 0.6;
    private static final double TAIL_SHARE = 0.03;
    private static final double BODY = 0.75;
    /** Cluster-wide LISTs are of two sorts, small things and pods. */
    private static final double LIST_TAIL_SHARE = 0.4;

    private static final double LIST_BODY = 0.35;

    private Latencies() {}

    /** Draws ordinary requests. The mean of what is drawn is {@code serviceSeconds + waitSeconds}. */
    static void ordinary(
            Tally into, Draw draw, RequestClass kind, long requests, double serviceSeconds, double waitSeconds) {
        boolean list = kind == RequestClass.LIST_CLUSTER;
        double tailShare = list ? LIST_TAIL_SHARE : TAIL_SHARE;
        double body = list ? LIST_BODY : BODY;
        double tail = (1 - (1 - tailShare) * body) / tailShare;
        long slow = draw.binomial(requests, tailShare);
        double variation = list ? 0.6 : kind.variation();
        alike(into, draw, requests - slow, serviceSeconds * body, waitSeconds, variation);
        alike(into, draw, slow, serviceSeconds * tail, waitSeconds, variation);
    }

    /** Draws requests that are all alike. */
    static void alike(
            Tally into, Draw draw, long requests, double serviceSeconds, double waitSeconds, double variation) {
        if (requests <= 0) return;
        double mean = serviceSeconds + waitSeconds;
        double spread = Math.hypot(serviceSeconds * variation, waitSeconds * WAIT_VARIATION);
        LogNormal latency = LogNormal.ofMean(mean, spread / mean);
        if (requests <= ONE_BY_ONE_UP_TO) {
            for (long i = 0; i < requests; i++) {
                double seconds = latency.draw(draw);
                into.count(into.buckets().of(seconds), 1, seconds);
            }
        } else {
            byBucket(into, draw, requests, latency);
        }
    }

    private static void byBucket(Tally into, Draw draw, long requests, LogNormal latency) {
        Buckets buckets = into.buckets();
        long left = requests;
        double below = 0;
        double meanBelow = 0;
        for (int bucket = 0; bucket <= buckets.size() && left > 0; bucket++) {
            boolean overflow = bucket == buckets.size();
            double upTo = overflow ? 1 : latency.below(buckets.logarithm(bucket));
            double meanUpTo = overflow ? latency.mean() : latency.partialMean(buckets.logarithm(bucket));
            double share = upTo - below;
            long here = overflow ? left : draw.binomial(left, below < 1 ? Math.min(1, share / (1 - below)) : 1);
            if (here > 0) {
                double lower = bucket == 0 ? 0 : buckets.bound(bucket - 1);
                double upper = overflow ? 2 * lower : buckets.bound(bucket);
                double centre = share > 1e-6 ? (meanUpTo - meanBelow) / share : (lower + upper) / 2;
                into.count(bucket, here, sum(draw, here, lower, upper, centre));
            }
            left -= here;
            below = upTo;
            meanBelow = meanUpTo;
        }
    }

    /** Sum of latencies of one bucket: around its conditional mean, never outside the bucket. */
    private static double sum(Draw draw, long requests, double lower, double upper, double centre) {
        double spread = 0.2 * (upper - lower) * Math.sqrt((double) requests) * draw.gaussian();
        return Math.min(upper * requests, Math.max(lower * requests, centre * requests + spread));
    }
}
