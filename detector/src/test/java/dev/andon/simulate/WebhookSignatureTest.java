package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.simulate.WebhookSignature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The example of the Standard Webhooks reference implementations. */
class WebhookSignatureTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant SENT = Instant.ofEpochSecond(1_614_265_330);

    private final WebhookSignature signature = new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @Test
    void acceptsTheExampleOfTheSpecification() {
        assertThat(signature.check(ID, TIMESTAMP, SIGNATURE, BODY, SENT)).isEqualTo(Verdict.GENUINE);
        assertThat(signature.check(ID, TIMESTAMP, "v1a,xyz v1,AAAA " + SIGNATURE, BODY, SENT))
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void refusesAChangedBodyIdOrSignature() {
        byte[] changed = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);

        assertThat(signature.check(ID, TIMESTAMP, SIGNATURE, changed, SENT)).isEqualTo(Verdict.FORGED);
        assertThat(signature.check("msg_other", TIMESTAMP, SIGNATURE, BODY, SENT))
                .isEqualTo(Verdict.FORGED);
        assertThat(signature.check(ID, TIMESTAMP, "v1,AAAA", BODY, SENT)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void refusesWhatIsTooOldOrFromTheFuture() {
        assertThat(signature.check(ID, TIMESTAMP, SIGNATURE, BODY, SENT.plusSeconds(301)))
                .isEqualTo(Verdict.STALE);
        assertThat(signature.check(ID, TIMESTAMP, SIGNATURE, BODY, SENT.minusSeconds(301)))
                .isEqualTo(Verdict.STALE);
        assertThat(signature.check(ID, TIMESTAMP, SIGNATURE, BODY, SENT.plusSeconds(299)))
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void refusesMissingHeaders() {
        assertThat(signature.check("", TIMESTAMP, SIGNATURE, BODY, SENT)).isEqualTo(Verdict.MALFORMED);
        assertThat(signature.check(ID, "yesterday", SIGNATURE, BODY, SENT)).isEqualTo(Verdict.MALFORMED);
        assertThat(signature.check(ID, TIMESTAMP, "", BODY, SENT)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void doesNotShowASecretThatIsWrong() {
        assertThatThrownBy(() -> new WebhookSignature("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("hunter2");
    }
}
