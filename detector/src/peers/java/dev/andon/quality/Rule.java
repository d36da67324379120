package dev.andon.quality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;

/**
 * How operators watch a rollout today, as far as a rule can be said in a few lines. Rules of alerts watch the cluster all the time;
 * those of delivery systems only while a rollout is under way, from its start.
 *
 * @param label how it is called
 * @param whileRollingOut whether it looks only while a rollout is under way
 * @param every how often it is evaluated
 * @param factors by which its limits may be multiplied, rising; one alone for a rule that is as published
 * @param hold how long it must hold on end
 * @param failures evaluations that must fail, in all, until it fires
 * @param test whether what was seen until now fails, given when watching began, and the factor
 */
record Rule(
        String label,
        boolean whileRollingOut,
        Duration every,
        List<Double> factors,
        Duration hold,
        int failures,
        Test test) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final List<Double> AS_PUBLISHED = List.of(1.0);
    private static final List<Double> TUNED =
            List.of(0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 40.0, 60.0);

    /** Whether a rule fails at an instant. */
    interface Test {
        boolean fails(Seen seen, Instant began, Instant now, double factor);
    }

    static List<Rule> all() {
        return List.of(
                errorBudgetBurn(),
                coreDns(),
                p99(MINUTE, "1 m"),
                p99(FIVE_MINUTES, "5 m"),
                argo(),
                flagger(),
                kayenta());
    }

    /** kubernetes-mixin, the most urgent of four: 14.4 times the budget of 1 % over an hour and over five minutes, for two. */
    private static Rule errorBudgetBurn() {
        return alert(
                "KubeAPIErrorBudgetBurn",
                AS_PUBLISHED,
                Duration.ofMinutes(2),
                (seen, began, now, factor) ->
                        seen.last(Duration.ofHours(1), now).burn() > 0.144
                                && seen.last(FIVE_MINUTES, now).burn() > 0.144);
    }

    /** coredns-mixin, critical. */
    private static Rule coreDns() {
        return alert(
                "CoreDNSErrorsHigh",
                AS_PUBLISHED,
                Duration.ofMinutes(10),
                (seen, began, now, factor) -> seen.last(FIVE_MINUTES, now).servfailShare() > 0.03);
    }

    private static Rule p99(Duration window, String label) {
        return alert(
                "static p99 over " + label,
                TUNED,
                Duration.ZERO,
                (seen, began, now, factor) -> seen.last(window, now).p99() > factor);
    }

    private static Rule alert(String label, List<Double> factors, Duration hold, Test test) {
        return new Rule(label, false, Duration.ofSeconds(15), factors, hold, 1, test);
    }

    /** An analysis of Argo Rollouts with an interval of 60 s and the default failure limit of 0. */
    private static Rule argo() {
        return new Rule("Argo-like, 60 s", true, MINUTE, TUNED, Duration.ZERO, 1, Rule::threshold);
    }

    /** A canary of Flagger with an interval of 10 s; two checks must fail. */
    private static Rule flagger() {
        return new Rule("Flagger-like, 10 s", true, Duration.ofSeconds(10), TUNED, Duration.ZERO, 2, Rule::threshold);
    }

    private static boolean threshold(Seen seen, Instant began, Instant now, double factor) {
        Seen.Counts last = seen.last(MINUTE, now);
        return last.p99() > 0.5 * factor
                || last.errorShare() > Math.min(0.9, 0.01 * factor)
                || last.dnsErrorShare() > Math.min(0.9, 0.01 * factor);
    }

    /** Mann-Whitney of the last minute against the four before the rollout, 98 %, and a median that is so much larger. */
    private static Rule kayenta() {
        List<Double> tolerances = List.of(0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0);
        return new Rule(
                "Kayenta-like, 60 s",
                true,
                MINUTE,
                tolerances,
                Duration.ZERO,
                1,
                (seen, began, now, tolerance) -> higher(seen, began, now, tolerance, 0.001, Seen.Counts::meanSeconds)
                        || higher(seen, began, now, tolerance, 0.01, Seen.Counts::errorShare)
                        || higher(seen, began, now, tolerance, 0.01, Seen.Counts::dnsErrorShare));
    }

    private static boolean higher(
            Seen seen,
            Instant began,
            Instant now,
            double tolerance,
            double least,
            ToDoubleFunction<Seen.Counts> metric) {
        double[] before = values(seen.each(Duration.ofMinutes(4), began), metric);
        double[] after = values(seen.each(MINUTE, now), metric);
        if (before.length < 3 || after.length < 3) return false;
        Percentile median = new Percentile(50);
        double old = median.evaluate(before);
        return median.evaluate(after) > Math.max(old * (1 + tolerance), old + least * tolerance)
                && new MannWhitneyUTest().mannWhitneyUTest(before, after) < 0.02;
    }

    private static double[] values(List<Seen.Counts> counts, ToDoubleFunction<Seen.Counts> metric) {
        return counts.stream().mapToDouble(metric).toArray();
    }

    /** @return the evaluations from {@code began} to {@code ended} at which the rule fires */
    Optional<Instant> fires(Seen seen, Instant began, Instant ended, double factor) {
        int failed = 0;
        Optional<Instant> since = Optional.empty();
        for (Instant now = began.plus(every); !now.isAfter(ended); now = now.plus(every)) {
            if (!test.fails(seen, began, now, factor)) {
                since = Optional.empty();
                continue;
            }
            failed++;
            if (since.isEmpty()) since = Optional.of(now);
            boolean held = !now.isBefore(since.get().plus(hold));
            if (failed >= failures && held) return Optional.of(now);
        }
        return Optional.empty();
    }

    double loosest() {
        return factors.get(factors.size() - 1);
    }
}
