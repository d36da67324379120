package dev.andon.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-01-14T22:34:00Z");

    /** Windows of calm, then windows of trouble; the nodes are victims, the agent is new. */
    private static Callers after(int calm, int troubled) {
        Callers callers = Callers.NONE;
        for (int i = 0; i <= calm + troubled; i++) {
            Instant time = START.plus(WINDOW.multipliedBy(i));
            boolean trouble = i > calm;
            callers = callers.with(time, "system:nodes", "GET", 100, trouble ? 50 : 0.2, WINDOW, !trouble);
            if (trouble) callers = callers.with(time, "agent", "LIST", 20, 120, WINDOW, false);
        }
        return callers;
    }

    @Test
    void nobodyIsNewWhileAllAskWhatTheyAlwaysAsk() {
        assertThat(after(20, 0).newLoad()).isEmpty();
    }

    @Test
    void whoWaitsLongerWithoutAskingMoreIsAVictim() {
        assertThat(after(40, 3).newLoad()).singleElement().satisfies(share -> {
            assertThat(share.client()).isEqualTo("agent");
            assertThat(share.share()).isGreaterThan(0.95);
        });
    }

    @Test
    void moreClientsThanAreKeptAreNotLookedAt() {
        Callers callers = Callers.NONE;
        for (int i = 0; i < 1_000; i++) callers = callers.with(START, "client-" + i, "GET", 1, 1, WINDOW, true);
        assertThat(callers.byCall()).hasSize(512);
    }

    @Test
    void whatIsNewButLittleExplainsNothing() {
        Callers callers = Callers.NONE;
        for (int i = 0; i < 40; i++) {
            Instant time = START.plus(WINDOW.multipliedBy(i));
            callers = callers.with(time, "system:nodes", "GET", 1_000, i > 35 ? 900 : 2, WINDOW, i <= 35);
            if (i > 35) callers = callers.with(time, "agent", "GET", 20, 18, WINDOW, false);
        }
        assertThat(callers.newLoad()).isEmpty();
    }

    @Test
    void aNewKindOfRequestOfABusyClientIsSeen() {
        Callers callers = Callers.NONE;
        for (int i = 0; i < 40; i++) {
            Instant time = START.plus(WINDOW.multipliedBy(i));
            callers = callers.with(time, "system:nodes", "GET", 1_000, 2, WINDOW, i <= 35);
            if (i > 35) callers = callers.with(time, "system:nodes", "LIST/cluster", 20, 60, WINDOW, false);
        }
        assertThat(callers.newLoad()).first().satisfies(share -> {
            assertThat(share.client()).isEqualTo("system:nodes");
            assertThat(share.share()).isGreaterThan(0.9);
        });
    }
}
