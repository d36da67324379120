package dev.andon.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.DnsSample;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class OperatorRulesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final OperatorRules rules = new OperatorRules();

    @Test
    void aTotalFailureAfterHoursOfPeaceTakesTheBurnRateTenMinutes() {
        latencies(0, 360, 0);
        latencies(360, 420, 100);
        List<Firing> firings = rules.finish();
        assertThat(minutes(firings, OperatorRule.P99_FOR_1M)).isBetween(1.0, 2.0);
        assertThat(minutes(firings, OperatorRule.P99_FOR_5M)).isBetween(5.0, 6.0);
        // 14.4 % of an hour are 8.6 min, and 2 min of patience.
        assertThat(minutes(firings, OperatorRule.BURN_FAST)).isBetween(10.5, 11.5);
    }

    @Test
    void aSpikeOfHalfAMinuteFiresNothing() {
        latencies(0, 100, 0);
        sample(100, 100);
        latencies(101, 160, 0);
        assertThat(rules.finish()).isEmpty();
    }

    @Test
    void aSlowListOfAWholeClusterIsWithinItsObjectiveUpTo30Seconds() {
        for (int i = 0; i < 120; i++) rules.accept(latency(i, "LIST", "cluster", 100));
        assertThat(rules.finish()).extracting(Firing::rule).doesNotContain(OperatorRule.BURN_FAST);
    }

    @Test
    void failuresOfDnsFireAfterTenMinutesAndAreOverWhenTheyAreOver() {
        for (int i = 0; i < 200; i++) {
            long failed = i >= 40 && i < 120 ? 10 : 0;
            rules.accept(new DnsSample(
                    T0.plus(INTERVAL.multipliedBy(i)),
                    "west",
                    "dns",
                    DnsSample.View.SERVER,
                    INTERVAL,
                    100,
                    Map.of("SERVFAIL", failed, "NOERROR", 100 - failed),
                    0,
                    0));
        }
        List<Firing> firings = rules.finish();
        assertThat(firings).hasSize(1);
        assertThat(firings.get(0).rule()).isEqualTo(OperatorRule.DNS_ERRORS);
        assertThat(Duration.between(
                        T0.plus(INTERVAL.multipliedBy(40)), firings.get(0).time()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(13));
        assertThat(firings.get(0).until()).isPresent();
    }

    /** @return minutes from the 360th sample to the first alert */
    private static double minutes(List<Firing> firings, OperatorRule rule) {
        Instant fired = firings.stream()
                .filter(firing -> firing.rule() == rule)
                .map(Firing::time)
                .findFirst()
                .orElseThrow();
        return Duration.between(T0.plus(INTERVAL.multipliedBy(360)), fired).toSeconds() / 60.0;
    }

    private void latencies(int from, int to, long slow) {
        for (int i = from; i < to; i++) sample(i, slow);
    }

    private void sample(int index, long slow) {
        rules.accept(latency(index, "GET", "resource", slow));
    }

    private static LatencySample latency(int index, String verb, String scope, long slow) {
        long[] counts = {100 - slow, slow, 0};
        return new LatencySample(
                T0.plus(INTERVAL.multipliedBy(index)),
                "west",
                "a",
                verb,
                Optional.of(scope),
                INTERVAL,
                new Histogram(new double[] {1, 30}, counts, OptionalDouble.empty()),
                Map.of(),
                Optional.empty());
    }
}
