package dev.andon.connect.totals;

import static dev.andon.connect.totals.PageOf.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.exposition.Buckets;
import dev.andon.connect.exposition.Labels;
import dev.andon.connect.totals.DeltaTracker.Step;
import dev.andon.schema.ApiserverLatency;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiserverDeltasTest {
    private static final Origin ORIGIN = new Origin("prod", "10.0.0.4:6443");

    private final DeltaTracker tracker = new ApiserverDeltas(ORIGIN);

    @Test
    void saysNothingOfTheFirstPage() {
        Step first = tracker.step(
                TargetState.UNKNOWN,
                PageOf.started(1).latency("GET", "resource", "pods", 9, 5, 2, 1).at(0));

        assertThat(first.samples()).isEmpty();
        assertThat(first.rejections()).isEmpty();
    }

    @Test
    void givesWhatWasAddedBetweenTwoScrapesByVerbAndScope() {
        Step second = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 9, 5, 2, 1)
                        .latency("LIST", "cluster", "pods", 50, 1, 1, 1)
                        .requests("GET", "resource", "200", 8)
                        .requests("GET", "resource", "404", 3)
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 9.5, 9, 2, 2)
                        .latency("LIST", "cluster", "pods", 50, 1, 1, 1)
                        .requests("GET", "resource", "200", 12)
                        .requests("GET", "resource", "404", 4)
                        .at(5));

        assertThat(second.samples())
                .containsExactly(
                        sample(5, 5000, "GET", "resource", 0.5, Map.of("200", 4L, "404", 1L), 4, 0, 1),
                        sample(5, 5000, "LIST", "cluster", 0.0, Map.of(), 0, 0, 0));
        assertThat(second.rejections()).isEmpty();
    }

    @Test
    void sumsOverResources() {
        Step second = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .latency("GET", "resource", "nodes", 2, 2, 0, 0)
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1.25, 2, 0, 0)
                        .latency("GET", "resource", "nodes", 4, 2, 1, 0)
                        .at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, "GET", "resource", 2.25, null, 1, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, resource, GET",
        "LIST, namespace, LIST",
        "POST, resource, POST",
        "PUT, resource, PUT",
        "PATCH, resource, PATCH",
        "APPLY, resource, PATCH",
        "DELETE, resource, DELETE",
        "DELETECOLLECTION, namespace, DELETE"
    })
    void mapsTheVerbsOfTheServer(String verb, String scope, String expected) {
        Step second = steps(
                PageOf.started(1).latency(verb, scope, "pods", 1, 1, 0, 0).at(0),
                PageOf.started(1).latency(verb, scope, "pods", 2, 2, 0, 0).at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, expected, scope, 1.0, null, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"WATCH, cluster", "CONNECT, resource", "GET, ''", "get, resource", "GET, galaxy"})
    void leavesOutWhatIsNotComparable(String verb, String scope) {
        Step second = steps(
                PageOf.started(1).latency(verb, scope, "pods", 1, 1, 0, 0).at(0),
                PageOf.started(1).latency(verb, scope, "pods", 2, 2, 0, 0).at(5));

        assertThat(second.samples()).isEmpty();
    }

    @Test
    void leavesOutRequestsThatStream() {
        assertThat(RequestClass.of(PageOf.labels("verb", "GET", "scope", "resource", "subresource", "log")))
                .isEmpty();
        assertThat(RequestClass.of(PageOf.labels("verb", "GET", "scope", "resource", "subresource", "status")))
                .contains(new RequestClass("GET", "resource"));
    }

    @Test
    void countsANewSeriesOfAKnownServerFromZero() {
        Step second = steps(
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .latency("DELETE", "namespace", "pods", 3, 0, 0, 2)
                        .requests("DELETE", "namespace", "200", 2)
                        .at(5));

        assertThat(second.samples()).contains(sample(5, 5000, "DELETE", "namespace", 3.0, Map.of("200", 2L), 0, 0, 2));
    }

    @Test
    void countsAServerThatHadAnsweredNothingFromZero() {
        Step second = steps(
                PageOf.started(1).at(0),
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, "GET", "resource", 1.0, null, 1, 0, 0));
    }

    @Test
    void doesNotTrustANewSeriesAfterAPageThatCouldNotBeReadInFull() {
        Step second = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .damaged()
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 2, 2, 0, 0)
                        .latency("LIST", "cluster", "pods", 900, 0, 0, 700)
                        .at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, "GET", "resource", 1.0, null, 1, 0, 0));
    }

    @Test
    void beginsASeriesAnewThatWasLostAndIsBack() {
        Scrape both = PageOf.started(1)
                .latency("GET", "resource", "pods", 1, 1, 0, 0)
                .latency("LIST", "cluster", "pods", 900, 0, 0, 700)
                .at(0);
        Scrape one =
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(5);
        Scrape bothAgain = PageOf.started(1)
                .latency("GET", "resource", "pods", 1, 1, 0, 0)
                .latency("LIST", "cluster", "pods", 950, 0, 0, 750)
                .at(10);
        Scrape later = PageOf.started(1)
                .latency("GET", "resource", "pods", 1, 1, 0, 0)
                .latency("LIST", "cluster", "pods", 951, 0, 1, 750)
                .at(15);

        assertThat(steps(both, one, bothAgain).samples())
                .containsExactly(sample(10, 5000, "GET", "resource", 0.0, null, 0, 0, 0));
        assertThat(steps(both, one, bothAgain, later).samples())
                .contains(sample(15, 5000, "LIST", "cluster", 1.0, null, 0, 1, 0));
    }

    @Test
    void takesAPageOnWhichATotalFellForANewBaseline() {
        Scrape before =
                PageOf.started(1).latency("GET", "resource", "pods", 9, 5, 2, 1).at(0);
        Scrape fallen =
                PageOf.started(1).latency("GET", "resource", "pods", 1, 6, 0, 0).at(5);
        Scrape after = PageOf.started(1)
                .latency("GET", "resource", "pods", 1.5, 7, 0, 0)
                .at(11);

        Step reset = steps(before, fallen);

        assertThat(reset.samples()).isEmpty();
        assertThat(reset.rejections()).isEqualTo(Map.of(Rejection.COUNTER_RESET, 1));
        assertThat(steps(before, fallen, after).samples())
                .containsExactly(sample(11, 6000, "GET", "resource", 0.5, null, 1, 0, 0));
    }

    @Test
    void takesAPageOnWhichOnlyACodeFellForANewBaseline() {
        Step reset = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .requests("GET", "resource", "200", 5)
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 2, 2, 0, 0)
                        .requests("GET", "resource", "200", 4)
                        .at(5));

        assertThat(reset.samples()).isEmpty();
        assertThat(reset.rejections()).isEqualTo(Map.of(Rejection.COUNTER_RESET, 1));
    }

    @Test
    void takesAServerThatSaysItStartedAgainForANewBaselineThoughItsTotalsRose() {
        Step restarted = steps(
                PageOf.started(1000)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .at(0),
                PageOf.started(1100)
                        .latency("GET", "resource", "pods", 2, 2, 0, 0)
                        .at(5));

        assertThat(restarted.samples()).isEmpty();
        assertThat(restarted.rejections()).isEqualTo(Map.of(Rejection.PROCESS_RESTARTED, 1));
    }

    @Test
    void doesNotMindAStartTimeThatWobbles() {
        assertThat(steps(
                                PageOf.started(1000)
                                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                                        .at(0),
                                PageOf.started(1001)
                                        .latency("GET", "resource", "pods", 2, 2, 0, 0)
                                        .at(5))
                        .samples())
                .hasSize(1);
    }

    @Test
    void takesAPageForANewBaselineWhenTheClockWentBack() {
        Step step = steps(
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(5),
                PageOf.started(1).latency("GET", "resource", "pods", 2, 2, 0, 0).at(4));

        assertThat(step.samples()).isEmpty();
        assertThat(step.rejections()).isEqualTo(Map.of(Rejection.CLOCK_NOT_ADVANCED, 1));
    }

    @Test
    void takesAPageForANewBaselineAfterMoreThanADay() {
        Step step = steps(
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(0),
                PageOf.started(1).latency("GET", "resource", "pods", 2, 2, 0, 0).at(86_401));

        assertThat(step.samples()).isEmpty();
        assertThat(step.rejections()).isEqualTo(Map.of(Rejection.INTERVAL_TOO_LONG, 1));
    }

    @Test
    void beginsASeriesAnewWhoseBucketsChanged() {
        Buckets finer = Buckets.of(0.05, 0.1, 1);
        Step step = steps(
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(0),
                PageOf.started(1)
                        .latency(ApiserverDeltas.LATENCY, finer, "GET", "resource", "pods", 2, 1, 1, 0, 0)
                        .at(5));

        assertThat(step.samples()).isEmpty();
        assertThat(step.rejections()).isEqualTo(Map.of(Rejection.LAYOUT_CHANGED, 1));
    }

    @Test
    void leavesOutASeriesWhoseBucketsDifferFromItsNeighbours() {
        Buckets odd = Buckets.of(0.3);
        Step step = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .latency("GET", "resource", "nodes", 1, 1, 0, 0)
                        .latency(ApiserverDeltas.LATENCY, odd, "GET", "resource", "odd", 1, 1, 1)
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 2, 2, 0, 0)
                        .latency("GET", "resource", "nodes", 1, 1, 0, 0)
                        .latency(ApiserverDeltas.LATENCY, odd, "GET", "resource", "odd", 9, 9, 9)
                        .at(5));

        assertThat(step.samples()).containsExactly(sample(5, 5000, "GET", "resource", 1.0, null, 1, 0, 0));
        assertThat(step.rejections()).isEqualTo(Map.of(Rejection.LAYOUT_UNUSABLE, 1));
    }

    @Test
    void leavesOutATotalThatIsNoNumber() {
        Step step = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 1, 1, 0, 0)
                        .requests("GET", "resource", "200", Double.NaN)
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", 2, 2, 0, 0)
                        .requests("GET", "resource", "200", 7)
                        .requests("GET", "resource", "500", -1)
                        .at(5));

        assertThat(step.samples()).containsExactly(sample(5, 5000, "GET", "resource", 1.0, Map.of(), 1, 0, 0));
        assertThat(step.rejections()).isEqualTo(Map.of(Rejection.NOT_A_TOTAL, 1));
    }

    @Test
    void saysThatTheSumIsUnknownWhereThePageDoesNotSay() {
        Step step = steps(
                PageOf.started(1)
                        .latency("GET", "resource", "pods", Double.NaN, 1, 0, 0)
                        .at(0),
                PageOf.started(1)
                        .latency("GET", "resource", "pods", Double.NaN, 2, 0, 0)
                        .at(5));

        assertThat(((ApiserverLatency) step.samples().get(0)).getSumSeconds()).isNull();
    }

    @Test
    void prefersTheLatencyThatHoldsTheTimeInQueuesAndStaysWithIt() {
        Scrape both = PageOf.started(1)
                .latency("GET", "resource", "pods", 1, 1, 0, 0)
                .latency(ApiserverDeltas.SLI_LATENCY, PageOf.LAYOUT, "GET", "resource", "pods", 5, 1, 0, 4)
                .at(0);

        assertThat(steps(both).next().latencyMetric()).isEqualTo(ApiserverDeltas.LATENCY);
    }

    @Test
    void staysWithTheOtherLatencyWhenTheServerHadNoBetterOne() {
        Scrape old = PageOf.started(1)
                .latency(ApiserverDeltas.SLI_LATENCY, PageOf.LAYOUT, "GET", "resource", "pods", 5, 1, 0, 4)
                .at(0);
        Scrape both = PageOf.started(1)
                .latency("GET", "resource", "pods", 1, 100, 0, 0)
                .latency(ApiserverDeltas.SLI_LATENCY, PageOf.LAYOUT, "GET", "resource", "pods", 6, 2, 0, 4)
                .at(5);

        assertThat(steps(old, both).samples()).containsExactly(sample(5, 5000, "GET", "resource", 1.0, null, 1, 0, 0));
    }

    @Test
    void forgetsAServerWhoseMetricVanished() {
        Scrape before =
                PageOf.started(1).latency("GET", "resource", "pods", 1, 1, 0, 0).at(0);
        Scrape gone = PageOf.started(1).requests("GET", "resource", "200", 1).at(5);
        Scrape back = PageOf.started(1)
                .latency("GET", "resource", "pods", 90, 90, 0, 0)
                .at(10);
        Scrape later = PageOf.started(1)
                .latency("GET", "resource", "pods", 91, 91, 0, 0)
                .at(15);

        assertThat(steps(before, gone).rejections()).isEqualTo(Map.of(Rejection.MISSING_METRIC, 1));
        assertThat(steps(before, gone, back).samples()).isEmpty();
        assertThat(steps(before, gone, back, later).samples())
                .containsExactly(sample(15, 5000, "GET", "resource", 1.0, null, 1, 0, 0));
    }

    @Test
    void boundsTheMemoryOfSeriesThatAreLost() {
        Totals<Double> totals = Totals.none();
        for (int page = 0; page < 12; page++) {
            var series = new HashMap<Labels, Double>();
            for (int i = 0; i < 5000; i++) {
                series.put(PageOf.labels("n", page + "-" + i), 1.0);
            }
            totals = totals.to(series, Set.of(), true, GrowthRules::ofCounters).next();
        }

        assertThat(totals.lost()).hasSize(Totals.MAX_LOST);
        assertThat(totals.present()).hasSize(5000);
    }

    private Step steps(Scrape... scrapes) {
        Step step = new Step(TargetState.UNKNOWN, List.of(), Map.of());
        for (Scrape scrape : scrapes) {
            step = tracker.step(step.next(), scrape);
        }
        return step;
    }

    private static SpecificRecord sample(
            int second,
            long intervalMillis,
            String verb,
            String scope,
            double sumSeconds,
            @Nullable Map<String, Long> codes,
            long... counts) {
        return ApiserverLatency.newBuilder()
                .setTime(T0.plusSeconds(second))
                .setCluster("prod")
                .setInstance("10.0.0.4:6443")
                .setVerb(verb)
                .setScope(scope)
                .setIntervalMillis(intervalMillis)
                .setUpperBoundsSeconds(List.of(0.1, 1.0))
                .setCounts(Arrays.stream(counts).boxed().toList())
                .setSumSeconds(sumSeconds)
                .setCodes(codes)
                .build();
    }
}
