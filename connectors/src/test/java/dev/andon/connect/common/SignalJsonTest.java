package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.schema.Action;
import dev.andon.schema.Candidate;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalJsonTest {
    private static final Instant TIME = Signals.TIME;

    @Test
    void writesAHaltAsTheContractShowsIt() throws IOException {
        assertThat(json(Signals.halt().build())).isEqualTo(golden("halt.json"));
    }

    @Test
    void writesAHoldWithItsEnd() throws IOException {
        Signal hold = Signal.newBuilder()
                .setTime(TIME)
                .setSignalId("hold-1")
                .setAction(Action.HOLD)
                .setRolloutId("telemetry-agent-7f3")
                .setUntil(TIME.plusSeconds(1200))
                .setReason("DNS caches may hide damage for another 20 min")
                .build();

        assertThat(json(hold)).isEqualTo(golden("hold.json"));
    }

    @Test
    void writesAnAlarmWithoutARollout() throws IOException {
        Signal halt = Signals.halt().build();
        Signal alarm = Signal.newBuilder()
                .setTime(TIME)
                .setSignalId("alarm-1")
                .setAction(Action.ALARM)
                .setCluster("prod-west-3")
                .setOnset(halt.getOnset())
                .setReason("no rollout explains it: \"nobody\" changed anything \u2265 1 h before\n")
                .setEvidence(halt.getEvidence())
                .build();

        assertThat(json(alarm)).isEqualTo(golden("alarm.json"));
    }

    @Test
    void marksASignalThatIsOnlyToBeObserved() {
        assertThat(json(Signals.halt().setMode(Mode.OBSERVE).build())).endsWith(",\"mode\":\"OBSERVE\"}");
    }

    @Test
    void leavesOutNumbersThatJsonCannotHold() throws IOException {
        Signal signal = Signals.halt()
                .setProbability(Double.NaN)
                .setCandidates(List.of(new Candidate("web-42", Double.POSITIVE_INFINITY, false, null)))
                .build();

        String json = json(signal);

        assertThat(new ObjectMapper().readTree(json).has("probability")).isFalse();
        assertThat(json).contains("\"candidates\":[{\"rolloutId\":\"web-42\"}]").doesNotContain("NaN", "Infinity");
    }

    private static String json(Signal signal) {
        return new String(SignalJson.write(signal), StandardCharsets.UTF_8);
    }

    /** Golden files are wrapped for the reader; a line break and what indents the next line are not part of them. */
    private static String golden(String name) throws IOException {
        try (InputStream in = SignalJsonTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\n *", "");
        }
    }
}
