package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2024-12-11T22:51:05Z");

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", " 120 ,120", "86400,86400", "86401,86400", "999999999999999999,86400"})
    void readsSecondsUpToADay(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfter.parse("Wed, 11 Dec 2024 22:52:05 GMT", NOW)).contains(Duration.ofMinutes(1));
    }

    @Test
    void takesADateThatHasPassedForNoWait() {
        assertThat(RetryAfter.parse("Wed, 11 Dec 2024 22:50:05 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "1.5", "soon", "1e3", "99999999999999999999", "\u0661"})
    void ignoresWhatIsNeither(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
