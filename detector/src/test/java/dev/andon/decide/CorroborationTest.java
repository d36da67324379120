package dev.andon.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Corroboration.Moved;
import dev.andon.detect.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorroborationTest {
    private static final Instant ONSET = Instant.parse("2026-01-14T22:34:00Z");

    private static Moved moved(String series, int instances, int elevated, double nats) {
        Finding.Change change = new Finding.Change(0.01, 0.1, ONSET, elevated, elevated, true, 0);
        return new Moved(series, new Finding(false, nats, 3, instances, Optional.of(change), Optional.empty()), change);
    }

    @Test
    void readsAndWritesOfSeveralInstancesAreProofAfterTwoTicks() {
        assertThat(Corroboration.lasting(List.of(
                        moved("apiserver/LIST/cluster/latency", 3, 2, 12),
                        moved("apiserver/PUT/resource/latency", 3, 2, 12))))
                .isTrue();
    }

    @Test
    void aPauseOfTheOnlyInstanceIsNoProofHoweverManySeriesShowIt() {
        assertThat(Corroboration.lasting(List.of(
                        moved("apiserver/LIST/cluster/latency", 1, 3, 30),
                        moved("apiserver/PUT/resource/latency", 1, 3, 30))))
                .isFalse();
    }

    @Test
    void aLeaderElectionThatOnlyWritesWaitForIsNoProof() {
        assertThat(Corroboration.lasting(List.of(
                        moved("apiserver/POST/resource/latency", 3, 3, 30),
                        moved("apiserver/PUT/resource/latency", 3, 3, 30))))
                .isFalse();
    }

    @Test
    void oneSeriesIsProofAfterFiveTicks() {
        assertThat(Corroboration.lasting(List.of(moved("apiserver/LIST/cluster/latency", 1, 5, 14))))
                .isTrue();
    }

    @Test
    void noiseThatMakesOneOfManySeemToHaveBegunEarlierIsNoProof() {
        assertThat(Corroboration.lasting(List.of(
                        moved("apiserver/POST/resource/latency", 1, 5, 30),
                        moved("apiserver/GET/resource/latency", 1, 4, 28),
                        moved("apiserver/GET/resource/slow", 1, 4, 28))))
                .isFalse();
    }

    @Test
    void theMeanAndTheTailOfOneKindOfRequestAreOneKindOfSignal() {
        assertThat(Corroboration.lasting(List.of(
                        moved("apiserver/POST/resource/latency", 3, 3, 30),
                        moved("apiserver/POST/resource/slow", 3, 3, 30))))
                .isFalse();
    }

    @Test
    void failedAnswersBesideSlowOnesAreProofEvenOfOneInstance() {
        assertThat(Corroboration.lasting(
                        List.of(moved("apiserver/LIST/cluster/latency", 1, 2, 12), moved("apiserver/errors", 1, 2, 8))))
                .isTrue();
    }

    @Test
    void severalSmallMovesTogetherAddUpAndOneDoesNotCountTwice() {
        assertThat(Corroboration.combined(List.of(moved("a", 1, 2, 8), moved("b", 1, 2, 8), moved("c", 1, 2, 8))))
                .isEqualTo(14);
        assertThat(Corroboration.combined(List.of(moved("a", 1, 2, 8)))).isEqualTo(8);
    }

    @Test
    void aTailTellsTheCauseOnlyWhereNothingElseMoved() {
        Moved mean = moved("apiserver/LIST/cluster/latency", 3, 5, 20);
        Moved tail = moved("apiserver/LIST/cluster/slow", 3, 5, 30);

        assertThat(Corroboration.leading(List.of(tail, mean))).containsExactly(mean);
        assertThat(Corroboration.leading(List.of(tail))).containsExactly(tail);
    }
}
