package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartScoreTest {
    /** R: the totals began anew, c: they continued. */
    @ParameterizedTest
    @CsvSource({
        "cccc, false",
        "R, false",
        "RcRcccccc, false",
        "RRR, true",
        "RcRcRRcR, true",
        "RRRRRRcccccc, true",
        "RRRRRRccccccc, false"
    })
    void suspectsALoadBalancerOnlyWhenRestartsPrevail(String history, boolean suspicious) {
        assertThat(after(history).suspicious()).isEqualTo(suspicious);
    }

    @Test
    void forgetsALongPastAsSoonAsAShortOne() {
        assertThat(after("R".repeat(1000) + "ccccccc")).isEqualTo(after("R".repeat(6) + "ccccccc"));
    }

    private static RestartScore after(String history) {
        RestartScore score = RestartScore.NONE;
        for (int i = 0; i < history.length(); i++) {
            score = score.after(history.charAt(i) == 'R');
        }
        return score;
    }
}
