package dev.andon.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningSecretsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The vector that the libraries of the Standard Webhooks project are tested with. */
    @Test
    void signsTheReferenceVector() {
        assertThat(SigningSecrets.parse(SECRET).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsOncePerSecretSoThatSecretsCanBeChanged() {
        String both = SigningSecrets.parse(SECRET + " " + OTHER).sign("a", 1, BODY);

        assertThat(both.split(" "))
                .containsExactly(
                        SigningSecrets.parse(SECRET).sign("a", 1, BODY),
                        SigningSecrets.parse(OTHER).sign("a", 1, BODY));
        assertThat(SigningSecrets.parse(" " + SECRET + ",\n" + OTHER + "\n").sign("a", 1, BODY))
                .isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({
        "'', secret 1 does not begin with whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, secret 1 does not begin with whsec_",
        "whsec_, secret 1 holds 0 bytes",
        "whsec_AAAA, secret 1 holds 3 bytes",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa%w, secret 1 is not base64",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_zz$z, secret 2 is not base64"
    })
    void saysWhatIsWrongWithASecretWithoutShowingIt(String secrets, String problem) {
        assertThatThrownBy(() -> SigningSecrets.parse(secrets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining(problem)
                .hasMessageContaining("base64 of 24 to 64 random bytes")
                .hasMessageNotContainingAny("MfKQ9r8", "zz$z", "AAAA");
    }

    @Test
    void showsNoSecretAsText() {
        assertThat(SigningSecrets.parse(SECRET)).hasToString("SigningSecrets[1]");
    }
}
