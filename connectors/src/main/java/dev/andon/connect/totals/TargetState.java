package dev.andon.connect.totals;

import dev.andon.connect.exposition.Histogram;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is remembered of a target between two scrapes.
 *
 * @param time of the last scrape; empty when the next one is a baseline
 * @param processStartSeconds since the epoch, as the target says; empty when it does not
 * @param complete whether every wanted line of the last page could be read
 * @param latencyMetric histogram this target is read by; empty while it has shown none
 * @param latencies its totals
 * @param counts totals of the counter that goes with it: requests by code, or answers by rcode
 * @param staleAnswers totals of the answers a DNS server gave from an expired cache
 */
public record TargetState(
        Optional<Instant> time,
        OptionalDouble processStartSeconds,
        boolean complete,
        String latencyMetric,
        Totals<Histogram> latencies,
        Totals<Double> counts,
        Totals<Double> staleAnswers) {
    /** A target of which nothing is known. */
    public static final TargetState UNKNOWN = new TargetState(
            Optional.empty(), OptionalDouble.empty(), false, "", Totals.none(), Totals.none(), Totals.none());
}
