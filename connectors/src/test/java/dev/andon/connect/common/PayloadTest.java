package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.andon.schema.Candidate;
import dev.andon.schema.Evidence;
import dev.andon.schema.Signal;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final int LONGEST = 4_000;

    @Test
    void sendsASignalThatFitsAsItIs() {
        Signal halt = Signals.halt().build();
        byte[] whole = SignalJson.write(halt);

        assertThat(Payload.of(halt, whole.length)).hasValue(whole);
    }

    @Test
    void cutsTheEvidenceVisibly() throws IOException {
        Evidence piece = Signals.halt().getEvidence().get(0);
        Signal signal =
                Signals.halt().setEvidence(Collections.nCopies(200, piece)).build();

        JsonNode sent = sent(signal);

        assertThat(sent.path("evidence")).isNotEmpty();
        assertThat(sent.path("candidates")).hasSize(2);
        assertThat(sent.path("truncated").path("evidence").asInt())
                .isEqualTo(200 - sent.path("evidence").size());
        assertThat(sent.path("truncated").path("reason").asBoolean()).isFalse();
    }

    @Test
    void cutsTheLeastProbableCandidatesVisibly() throws IOException {
        List<Candidate> candidates = IntStream.range(0, 500)
                .mapToObj(i -> new Candidate("rollout-" + i, 1.0 / 500, false, null))
                .toList();

        JsonNode sent = sent(Signals.halt().setCandidates(candidates).build());

        assertThat(sent.path("candidates").path(0).path("rolloutId").asText()).isEqualTo("rollout-0");
        assertThat(sent.path("truncated").path("candidates").asInt())
                .isEqualTo(500 - sent.path("candidates").size());
    }

    @Test
    void cutsTheReasonLastAndNeverInsideACharacter() throws IOException {
        JsonNode sent =
                sent(Signals.halt().setReason("\uD83D\uDD25".repeat(20_001)).build());

        assertThat(sent.path("reason").asText()).matches("(\uD83D\uDD25)+\\.\\.\\. \\(cut\\)");
        assertThat(sent.path("truncated").path("reason").asBoolean()).isTrue();
        assertThat(sent.path("action").asText()).isEqualTo("HALT");
        assertThat(sent.path("rolloutId").asText()).isEqualTo("telemetry-agent-7f3");
    }

    @Test
    void givesUpWhenWhatMustBeSentIsTooLong() {
        assertThat(Payload.of(Signals.halt().setRolloutId("r".repeat(LONGEST)).build(), LONGEST))
                .isEmpty();
    }

    private static JsonNode sent(Signal signal) throws IOException {
        byte[] body = Payload.of(signal, LONGEST).orElseThrow();
        assertThat(body.length).isLessThanOrEqualTo(LONGEST);
        return new ObjectMapper().readTree(body);
    }
}
