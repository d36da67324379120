package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsTest {
    @ParameterizedTest
    @CsvSource({
        "100, 1, false",
        "105, 1, true",
        "95, 1, true",
        "104, 1, false",
        "104, 9, false",
        "104, 10, true",
        "100, 59, false",
        "100, 60, true",
        "0, 1, true"
    })
    void tellsOfManyNodesAtOnceOfFewAfterTenMinutesAndEverythingEachHour(long nodes, long minutes, boolean tells) {
        assertThat(facts(nodes, 30).worthTelling(facts(100, 30), Duration.ofMinutes(minutes)))
                .isEqualTo(tells);
    }

    @Test
    void tellsAtOnceWhenTheCachesAreOthers() {
        assertThat(facts(100, 31).worthTelling(facts(100, 30), Duration.ZERO)).isTrue();
    }

    @Test
    void tellsWhatItLearnsAndTakesNothingBack() {
        Facts nodes = new Facts(OptionalLong.of(100), Optional.empty());
        Facts cache = new Facts(OptionalLong.empty(), Optional.of(Duration.ofSeconds(30)));

        assertThat(nodes.worthTelling(Facts.NONE, Duration.ZERO)).isTrue();
        assertThat(facts(100, 30).worthTelling(nodes, Duration.ZERO)).isTrue();
        assertThat(facts(100, 30).worthTelling(cache, Duration.ZERO)).isTrue();
        assertThat(nodes.worthTelling(facts(100, 30), Duration.ZERO)).isFalse();
        assertThat(Facts.NONE.worthTelling(facts(100, 30), Duration.ofDays(1))).isFalse();
    }

    private static Facts facts(long nodes, long cacheSeconds) {
        return new Facts(OptionalLong.of(nodes), Optional.of(Duration.ofSeconds(cacheSeconds)));
    }
}
