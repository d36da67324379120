package dev.andon.connect.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.schema.ApiserverLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientWindowsTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final ClientWindows windows = new ClientWindows(
            "prod", "api-1", Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(60), 2);

    @Test
    void sumsUpTheCallsOfAClientOnceItsIntervalIsOver() {
        add("a", 1, 0.004, 200);
        add("a", 9, 0.3, 200);
        add("a", 9, 100, 429);

        assertThat(windows.due(T0.plusSeconds(14))).isEmpty();
        assertThat(windows.due(T0.plusSeconds(15)))
                .containsExactly(ApiserverLatency.newBuilder()
                        .setTime(T0.plusSeconds(10))
                        .setCluster("prod")
                        .setInstance("api-1")
                        .setVerb("LIST")
                        .setScope("cluster")
                        .setIntervalMillis(10_000)
                        .setUpperBoundsSeconds(List.of(0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0))
                        .setCounts(List.of(1L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 1L))
                        .setSumSeconds(100.304)
                        .setCodes(Map.of("200", 2L, "429", 1L))
                        .setClient("a")
                        .build());
    }

    @Test
    void putsACallIntoTheIntervalInWhichItEnded() {
        add("a", 9, 0.1, 200);
        add("a", 10, 0.1, 200);

        assertThat(windows.due(T0.plusSeconds(25)))
                .extracting(ApiserverLatency::getTime)
                .containsExactly(T0.plusSeconds(10), T0.plusSeconds(20));
    }

    @Test
    void sumsUpFurtherClientsAsOthers() {
        for (String client : List.of("a", "b", "c", "d", "a")) {
            add(client, 1, 0.1, 200);
        }

        assertThat(windows.due(T0.plusSeconds(15)))
                .extracting(
                        sample -> sample.getClient() + " " + sample.getCodes().get("200"))
                .containsExactly("a 2", "b 1", "others 2");
    }

    @Test
    void refusesWhatComesAfterItsIntervalWasWrittenAndWhatIsOfTheFuture() {
        add("a", 1, 0.1, 200);
        windows.due(T0.plusSeconds(15));

        assertThat(windows.add(call("a", 2, 0.1, 200), T0.plusSeconds(15))).contains(Refusal.LATE);
        assertThat(windows.add(call("a", 200, 0.1, 200), T0.plusSeconds(15))).contains(Refusal.FROM_THE_FUTURE);
        assertThat(windows.isEmpty()).isTrue();
    }

    @Test
    void refusesWhatIsOlderThanAnybodyWouldHaveWaitedFor() {
        assertThat(windows.add(call("a", 1, 0.1, 200), T0.plusSeconds(3600))).contains(Refusal.LATE);
    }

    private void add(String client, int second, double latency, int code) {
        assertThat(windows.add(call(client, second, latency, code), T0.plusSeconds(second)))
                .isEmpty();
    }

    private static Call call(String client, int second, double latency, int code) {
        return new Call(T0.plusSeconds(second).toEpochMilli(), latency, new Call.Key(client, "LIST", "cluster"), code);
    }
}
