package dev.andon.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.Receiver;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.SinkContract;
import dev.andon.connect.common.SinkSettings;
import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSinkTaskTest extends SinkContract {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Override
    protected SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        return new WebhookSinkTask(clock, openLog);
    }

    @Override
    protected Map<String, String> options(URI receiver) {
        return Map.of(
                "url", receiver + "/hook?token=T0K3N",
                "signing.secrets", "whsec_" + KEY,
                "headers", "Authorization: Bearer B3AR3R");
    }

    @Override
    protected Set<String> secrets() {
        return Set.of(KEY, "T0K3N", "B3AR3R", "PR0DUC3R", "/hook");
    }

    @Override
    protected int longestBytes() {
        return 65_536;
    }

    @Test
    void postsASignalThatAnyStandardWebhooksReceiverCanVerify() throws Exception {
        put(start(), Signals.record(0, Signals.halt().build()));

        Receiver.Request request = receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?token=T0K3N");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("User-Agent")).startsWith("andon/");
        assertThat(request.headers().getFirst("webhook-id")).isEqualTo("halt-1");
        assertThat(request.headers().getFirst("webhook-timestamp")).isEqualTo("1733957476");
        assertThat(request.headers().getFirst("webhook-signature")).isEqualTo("v1," + signature(request));
        assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer B3AR3R");
        assertThat(request.body()).startsWith("{\"time\":\"2024-12-11T22:51:15Z\",\"signalId\":\"halt-1\"");
    }

    /** The receiver's side of the specification, written without the code under test. */
    private static String signature(Receiver.Request request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        String signed = request.headers().getFirst("webhook-id") + "."
                + request.headers().getFirst("webhook-timestamp") + "." + request.body();
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void postsWhatTheTemplateMakesSignedAsItIs() throws Exception {
        Map<String, String> options = allOptions(receiver.uri(""));
        options.put("body.template", "key=K3Y&text={{action}}+{{rolloutId}}&at={{onset}}");
        options.put("body.content.type", "application/x-www-form-urlencoded");

        put(start(options), Signals.record(0, Signals.halt().build()));

        Receiver.Request request = receiver.requests().get(0);
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.headers().getFirst("webhook-signature")).isEqualTo("v1," + signature(request));
        assertThat(request.body()).isEqualTo("key=K3Y&text=HALT+telemetry-agent-7f3&at=2024-12-11T22%3A51%3A05Z");
    }

    @Test
    void cutsTheSignalUntilWhatTheTemplateMakesOfItFits() {
        Map<String, String> options = allOptions(receiver.uri(""));
        options.put("body.template", "{\"twice\":[{{{signal}}},{{{signal}}}],\"cut\":\"{{truncated.reason}}\"}");
        options.put("max.payload.bytes", "1500");

        put(
                start(options),
                Signals.record(0, Signals.halt().setReason("x".repeat(5_000)).build()));

        String body = receiver.requests().get(0).body();
        assertThat(body.length()).isBetween(500, 1_500);
        assertThat(body).contains("x... (cut)\"").endsWith("\"cut\":\"true\"}");
    }

    @Test
    void recordsADeliveryWithAllThatIsKnownOfIt() {
        receiver.answer(202);

        put(start(), Signals.record(0, Signals.halt().build()));

        assertThat(deliveries)
                .containsExactly(Delivery.newBuilder()
                        .setTime(clock.instant())
                        .setSignalId("halt-1")
                        .setRolloutId("telemetry-agent-7f3")
                        .setSink("cd")
                        .setTarget(receiver.uri("").toString())
                        .setStatus(DeliveryStatus.SENT)
                        .setAttempt(1)
                        .setHttpStatus(202)
                        .setLatencyMillis(0L)
                        .build());
    }

    @Test
    void sendsWhatIsOnlyToBeObservedWhenAskedTo() {
        Map<String, String> options = allOptions(receiver.uri(""));
        options.put("send.observed", "true");

        put(
                start(options),
                Signals.record(0, Signals.halt().setMode(Mode.OBSERVE).build()));

        assertThat(receiver.requests().get(0).body()).endsWith("\"mode\":\"OBSERVE\"}");
    }

    @Test
    void refusesAnIdThatWouldMakeTheSignatureAmbiguousOrBreakTheHeader() {
        put(start(), halt(0, "a.1"), halt(1, "a\r\nX-Evil: 1"), halt(2, ""));

        assertThat(receiver.requests()).isEmpty();
        assertThat(context.deadLetters).containsOnlyKeys(0L, 1L, 2L);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("cannot be a webhook-id");
        assertThat(deliveries).allSatisfy(delivery -> {
            assertThat(delivery.getAttempt()).isZero();
            assertThat(delivery.getLatencyMillis()).isNull();
        });
    }

    @Test
    void rejectsASignalThatIsTooLongEvenWhenCut() {
        Signal signal = of("a", Action.HALT).setRolloutId("r".repeat(2_000)).build();
        Map<String, String> options = allOptions(receiver.uri(""));
        options.put("max.payload.bytes", "1024");

        put(start(options), Signals.record(0, signal));

        assertThat(receiver.requests()).isEmpty();
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("longer than 1024 bytes; raise max.payload.bytes");
    }

    @Test
    void showsNoSecretOfItsConfiguration() {
        assertThat(WebhookSinkConfig.parse(allOptions(receiver.uri(""))).toString())
                .doesNotContain(KEY, "T0K3N", "B3AR3R", "PR0DUC3R", "/hook");
    }
}
