package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LatenciesTest {
    private final Draw draw = Draw.of(7, "test", 0);

    private Tally drawn(RequestClass kind, long requests, int times, double service, double wait) {
        Tally tally = new Tally(Buckets.APISERVER);
        for (int i = 0; i < times; i++) Latencies.ordinary(tally, draw, kind, requests, service, wait);
        return tally;
    }

    /** One by one and by bucket: two ways to the same distribution. */
    @ParameterizedTest
    @CsvSource({"10, 5000, 0.002, 0", "50000, 1, 0.002, 0", "10, 5000, 0.01, 0.5", "50000, 1, 0.01, 0.5"})
    void drawsTheMeanThatWasAskedFor(long requests, int times, double service, double wait) {
        Tally tally = drawn(RequestClass.GET, requests, times, service, wait);

        assertThat(tally.total()).isEqualTo(requests * times);
        assertThat(tally.sumSeconds() / tally.total() / (service + wait)).isBetween(0.93, 1.07);
    }

    @Test
    void fillsTheSameBucketsOneByOneAndByBucket() {
        Tally few = drawn(RequestClass.LIST_CLUSTER, 10, 5_000, 0.05, 0.02);
        Tally many = drawn(RequestClass.LIST_CLUSTER, 50_000, 1, 0.05, 0.02);

        for (int bucket = 0; bucket <= Buckets.APISERVER.size(); bucket++) {
            double spread = 4 * Math.sqrt(few.count(bucket) + many.count(bucket) + 1.0);
            assertThat((double) few.count(bucket) - many.count(bucket)).isBetween(-spread, spread);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheSumWithinWhatTheBucketsAllow(RequestClass kind) {
        for (int i = 0; i < 50; i++) {
            Tally tally = drawn(kind, 300, 1, kind.serviceSeconds(), 0.01 * i);
            double least = 0;
            double most = 0;
            for (int bucket = 0; bucket <= Buckets.APISERVER.size(); bucket++) {
                double lower = bucket == 0 ? 0 : Buckets.APISERVER.bound(bucket - 1);
                boolean overflow = bucket == Buckets.APISERVER.size();
                least += lower * tally.count(bucket);
                most += (overflow ? 1e9 : Buckets.APISERVER.bound(bucket)) * tally.count(bucket);
            }
            assertThat(tally.sumSeconds()).isBetween(least, most);
        }
    }

    @Test
    void losesNothingWhenATallyIsSplit() {
        Tally all = drawn(RequestClass.PUT, 1_000, 1, 0.01, 0.1);
        all.ended(Outcome.CONFLICT, 40);
        all.ended(Outcome.SUCCESS, 960);
        double seconds = all.sumSeconds();

        Tally part = all.take(draw, 0.3);

        assertThat(part.total()).isBetween(230L, 370L);
        assertThat(part.total() + all.total()).isEqualTo(1_000);
        assertThat(part.ended(Outcome.CONFLICT) + all.ended(Outcome.CONFLICT)).isEqualTo(40);
        assertThat(part.ended(Outcome.CONFLICT) + part.ended(Outcome.SUCCESS)).isEqualTo(part.total());
        assertThat(all.ended(Outcome.CONFLICT) + all.ended(Outcome.SUCCESS)).isEqualTo(all.total());
        assertThat(part.sumSeconds() + all.sumSeconds())
                .isCloseTo(seconds, org.assertj.core.api.Assertions.within(1e-9));
    }
}
