package dev.andon.simulate;

import dev.andon.domain.Histogram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Requests of one kind, counted by latency and outcome. Grows; never shrinks but by {@link #clear}. */
final class Tally {
    private final Buckets buckets;
    private final long[] counts;
    private final long[] outcomes = new long[Outcome.values().length];
    private double sumSeconds;

    Tally(Buckets buckets) {
        this.buckets = buckets;
        this.counts = new long[buckets.size() + 1];
    }

    void count(int bucket, long requests, double seconds) {
        counts[bucket] += requests;
        sumSeconds += seconds;
    }

    void ended(Outcome outcome, long requests) {
        outcomes[outcome.index()] += requests;
    }

    void add(Tally other) {
        for (int i = 0; i < counts.length; i++) counts[i] += other.counts[i];
        for (int i = 0; i < outcomes.length; i++) outcomes[i] += other.outcomes[i];
        sumSeconds += other.sumSeconds;
    }

    /**
     * Takes a share of the requests out, each request with the same probability; both parts' codes still add up.
     *
     * @param share in [0, 1]
     */
    Tally take(Draw draw, double share) {
        Tally part = new Tally(buckets);
        long all = total();
        double estimate = 0;
        double estimateOfPart = 0;
        for (int i = 0; i < counts.length; i++) {
            double centre = i == 0 ? buckets.bound(0) / 2 : buckets.bound(i - 1);
            long taken = draw.binomial(counts[i], share);
            estimate += centre * counts[i];
            estimateOfPart += centre * taken;
            part.counts[i] = taken;
            counts[i] -= taken;
        }
        part.sumSeconds = estimate > 0 ? sumSeconds * estimateOfPart / estimate : 0;
        sumSeconds -= part.sumSeconds;
        takeOutcomes(part, all);
        return part;
    }

    /** The failures go with the part in proportion, as far as it has requests; the rest of its requests succeeded. */
    private void takeOutcomes(Tally part, long all) {
        long left = part.total();
        for (int i = outcomes.length - 1; i >= 0; i--) {
            long others = 0;
            for (int j = 0; j < i; j++) others += outcomes[j];
            long proportional = all == 0 ? 0 : Math.round((double) outcomes[i] * part.total() / all);
            long taken = Math.max(left - others, Math.min(Math.min(proportional, outcomes[i]), left));
            if (i == 0) taken = left;
            part.outcomes[i] = taken;
            outcomes[i] -= taken;
            left -= taken;
        }
    }

    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(outcomes, 0);
        sumSeconds = 0;
    }

    Buckets buckets() {
        return buckets;
    }

    long count(int bucket) {
        return counts[bucket];
    }

    long total() {
        long total = 0;
        for (long count : counts) total += count;
        return total;
    }

    long ended(Outcome outcome) {
        return outcomes[outcome.index()];
    }

    double sumSeconds() {
        return sumSeconds;
    }

    Histogram histogram() {
        return new Histogram(buckets.bounds(), counts.clone(), OptionalDouble.of(sumSeconds));
    }

    Map<String, Long> codes(RequestClass kind) {
        Map<String, Long> codes = new HashMap<>();
        for (Outcome outcome : Outcome.values()) {
            if (ended(outcome) > 0) codes.put(outcome.code(kind), ended(outcome));
        }
        return codes;
    }
}
