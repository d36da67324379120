package dev.andon.connect.totals;

import static dev.andon.connect.totals.PageOf.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.totals.DeltaTracker.Step;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.View;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DnsDeltasTest {
    private static final Origin ORIGIN = new Origin("prod", "coredns-1");

    private final DeltaTracker tracker = new DnsDeltas(ORIGIN);

    @Test
    void givesTheAnswersBetweenTwoScrapesByRcodeSummedOverZones() {
        Step second = steps(
                answers("NOERROR", ".", 100)
                        .answers("NOERROR", "cluster.local.", 10)
                        .answers("SERVFAIL", ".", 1)
                        .at(0),
                answers("NOERROR", ".", 150)
                        .answers("NOERROR", "cluster.local.", 15)
                        .answers("SERVFAIL", ".", 4)
                        .at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, 58, Map.of("NOERROR", 55L, "SERVFAIL", 3L), 0));
    }

    @Test
    void countsAnswersThatWereServedStale() {
        Step second = steps(
                answers("NOERROR", ".", 100).stale(7).at(0),
                answers("NOERROR", ".", 100).stale(9).at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, 0, Map.of(), 2));
    }

    @Test
    void countsTheFirstStaleAnswersFromZero() {
        Step second = steps(
                answers("NOERROR", ".", 100).at(0),
                answers("NOERROR", ".", 100).stale(2).at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, 0, Map.of(), 2));
    }

    @Test
    void saysNothingOfTheFirstPageNorOfOneOnWhichATotalFell() {
        Step first = steps(answers("NOERROR", ".", 100).at(0));
        Step reset = steps(
                answers("NOERROR", ".", 100).at(0), answers("NOERROR", ".", 99).at(5));

        assertThat(first.samples()).isEmpty();
        assertThat(reset.samples()).isEmpty();
        assertThat(reset.rejections()).isEqualTo(Map.of(Rejection.COUNTER_RESET, 1));
    }

    @Test
    void reportsAPageThatIsNotThatOfADnsServer() {
        assertThat(steps(new Server().at(0)).rejections()).isEqualTo(Map.of(Rejection.MISSING_METRIC, 1));
    }

    @Test
    void countsAServerThatHadAnsweredNothingFromZero() {
        Step second = steps(new Server().at(0), answers("NOERROR", ".", 3).at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, 3, Map.of("NOERROR", 3L), 0));
    }

    /** Summed up, two such totals would be less than nothing. */
    @Test
    void leavesOutATotalThatIsTooLargeToCountWith() {
        Step second = steps(
                answers("NOERROR", ".", 100).answers("SERVFAIL", ".", 0).at(0),
                answers("NOERROR", ".", 150).answers("SERVFAIL", ".", 1e300).at(5));

        assertThat(second.samples()).containsExactly(sample(5, 5000, 50, Map.of("NOERROR", 50L), 0));
        assertThat(second.rejections()).isEqualTo(Map.of(Rejection.NOT_A_TOTAL, 1));
    }

    private Step steps(Scrape... scrapes) {
        Step step = new Step(TargetState.UNKNOWN, List.of(), Map.of());
        for (Scrape scrape : scrapes) {
            step = tracker.step(step.next(), scrape);
        }
        return step;
    }

    private static Server answers(String rcode, String zone, double total) {
        return new Server().answers(rcode, zone, total);
    }

    /** A page of a DNS server. */
    private static final class Server {
        private final PageOf page = PageOf.started(1);

        private Server answers(String rcode, String zone, double total) {
            page.value(DnsDeltas.RESPONSES, total, "rcode", rcode, "zone", zone);
            return this;
        }

        private Server stale(double total) {
            page.value(DnsDeltas.STALE, total, "zones", ".");
            return this;
        }

        private Scrape at(int second) {
            return page.at(second);
        }
    }

    private static DnsErrors sample(
            int second, long intervalMillis, long responses, Map<String, Long> rcodes, long staleAnswers) {
        return DnsErrors.newBuilder()
                .setTime(T0.plusSeconds(second))
                .setCluster("prod")
                .setServer("coredns-1")
                .setView(View.SERVER)
                .setIntervalMillis(intervalMillis)
                .setResponses(responses)
                .setRcodes(rcodes)
                .setTimeouts(0L)
                .setStaleAnswers(staleAnswers)
                .build();
    }
}
