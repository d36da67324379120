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
