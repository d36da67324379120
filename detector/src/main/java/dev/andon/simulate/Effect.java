package dev.andon.simulate;

import java.util.List;

/**
 * How much worse a tick was than the same tick without the harmful agents and incidents: the truth, in means, before
 * any noise.
 *
 * @param latencyRatios mean latency over what it would have been, by {@link RequestClass#index()}; 1 when nobody asked
 * @param slowestCheapSeconds 99th percentile of GET or a write, whichever is slower; 0 when it would be as slow
 *     without the harm
 * @param failedShare share of requests that failed for the harm, in [0, 1]
 * @param dnsServerFailing share of answers of the worst DNS server that failed for the harm
 * @param dnsClientFailing share of look-ups of workloads that failed for the harm
 * @param utilisation of the busiest instance
 */
record Effect(
        List<Double> latencyRatios,
        double slowestCheapSeconds,
        double failedShare,
        double dnsServerFailing,
        double dnsClientFailing,
        double utilisation) {
    Effect {
        latencyRatios = List.copyOf(latencyRatios);
    }

    /** @return how many kinds of requests are at least this many times as slow */
    long slower(double ratio) {
        return latencyRatios.stream().filter(value -> value >= ratio).count();
    }
}
