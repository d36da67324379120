package dev.andon.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.Receiver;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.TestClock;
import dev.andon.connect.common.TestContext;
import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task as the framework drives it, against a real HTTP server. */
class WebhookSinkTaskTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Receiver receiver = new Receiver();
    private final TestClock clock = new TestClock(Signals.TIME.plusSeconds(1));
    private final List<Delivery> deliveries = new ArrayList<>();
    private TestContext context = new TestContext(true);

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void postsASignalThatAnyStandardWebhooksReceiverCanVerify() throws Exception {
        start().put(List.of(Signals.record(0, Signals.halt().build())));

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
    void recordsADeliveryWithAllThatIsKnownOfIt() {
        receiver.answer(202);

        start().put(List.of(Signals.record(0, Signals.halt().build())));

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
    void sendsOnlyWhatWasNotDeliveredWhenTheBatchComesBack() {
        WebhookSinkTask task = start();
        List<SinkRecord> batch = List.of(signal(0, "a"), signal(1, "b"), signal(2, "c"));
        receiver.answer(200).answer(503);

        assertRetry(task, batch);
        clock.advance(Duration.ofSeconds(1));
        task.put(batch);

        assertThat(sentIds()).containsExactly("a", "b", "b", "c");
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void keepsApartTheOffsetsOfDifferentPartitions() {
        WebhookSinkTask task = start();
        byte[] value = (byte[]) signal(0, "b").value();

        task.put(List.of(signal(5, "a")));
        task.put(List.of(Signals.record("andon.signals", 1, 3, value), Signals.record("other.signals", 0, 4, value)));

        assertThat(sentIds()).containsExactly("a", "b", "b");
    }

    @Test
    void startsAfreshWithPartitionsThatWereTakenAwayAndGivenBack() {
        WebhookSinkTask task = start();
        task.put(List.of(signal(5, "a")));

        task.close(List.of(new TopicPartition("andon.signals", 0)));
        task.put(List.of(signal(4, "b"), signal(5, "a")));

        assertThat(sentIds()).containsExactly("a", "b", "a");
    }

    @Test
    void waitsLongerAfterEachFailureAndMakesNoAttemptBeforeItIsDue() {
        WebhookSinkTask task = start();
        List<SinkRecord> batch = List.of(signal(0, "a"));
        receiver.answer(500).answer(500).answer(500).answer(500);

        assertRetry(task, batch);
        assertRetry(task, batch); // the framework may call before the wait is over
        clock.advance(Duration.ofMillis(400));
        assertRetry(task, batch);
        clock.advance(Duration.ofMillis(600));
        assertRetry(task, batch);
        clock.advance(Duration.ofSeconds(2));
        assertRetry(task, batch);
        clock.advance(Duration.ofSeconds(4));
        assertRetry(task, batch);

        assertThat(receiver.requests()).hasSize(4);
        assertThat(context.waits).containsExactly(1000L, 1000L, 600L, 2000L, 4000L, 5000L);
    }

    @Test
    void leavesTheReceiverAloneForAsLongAsItAsks() {
        receiver.answer(429, "Retry-After", "17");

        assertRetry(start(), List.of(signal(0, "a")));

        assertThat(context.waits).containsExactly(17_000L);
        assertThat(deliveries).singleElement().satisfies(delivery -> assertThat(delivery.getRetryAt())
                .isEqualTo(clock.instant().plusSeconds(17)));
    }

    @Test
    void makesItsLastAttemptAtTheDeadlineThenRejects() {
        WebhookSinkTask task = start();
        List<SinkRecord> batch = List.of(signal(0, "a"), signal(1, "b"));
        receiver.answer(503, "Retry-After", "3600").answer(503);

        assertRetry(task, batch);
        assertThat(context.waits).as("no longer than delivery.timeout.ms").containsExactly(60_000L);
        clock.advance(Duration.ofMinutes(1));
        task.put(batch);

        assertThat(sentIds()).containsExactly("a", "a", "b");
        assertThat(context.deadLetters).containsOnlyKeys(0L);
        assertThat(context.deadLetters.get(0L))
                .isInstanceOf(DataException.class)
                .hasMessage("signal a (HALT) is not delivered to " + receiver.uri("")
                        + ": the receiver answered 503 (SERVER_ERROR); given up after 2 attempts in 60000 ms"
                        + " (delivery.timeout.ms)");
        assertThat(deliveries)
                .extracting(Delivery::getSignalId, Delivery::getStatus, Delivery::getAttempt, Delivery::getRetryAt)
                .containsExactly(
                        tuple("a", DeliveryStatus.FAILED, 1L, Signals.TIME.plusSeconds(61)),
                        tuple("a", DeliveryStatus.FAILED, 2L, null),
                        tuple("b", DeliveryStatus.SENT, 1L, null));
    }

    @Test
    void countsTheAttemptsOfEachSignalByItself() {
        WebhookSinkTask task = start();
        receiver.answer(500).answer(200).answer(500);
        List<SinkRecord> batch = List.of(signal(0, "a"), signal(1, "b"));

        assertRetry(task, batch);
        clock.advance(Duration.ofSeconds(1));
        assertRetry(task, batch);

        assertThat(deliveries)
                .extracting(Delivery::getSignalId, Delivery::getAttempt)
                .containsExactly(tuple("a", 1L), tuple("a", 2L), tuple("b", 1L));
    }

    @Test
    void rejectsAtOnceWhatTheReceiverWillNeverAccept() {
        receiver.answer(401).answer(400).answer(302, "Location", "http://127.0.0.1:1/");

        start().put(List.of(signal(0, "a"), signal(1, "b"), signal(2, "c"), signal(3, "d")));

        assertThat(sentIds()).containsExactly("a", "b", "c", "d");
        assertThat(context.deadLetters).containsOnlyKeys(0L, 1L, 2L);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("check the signing secrets and the headers");
        assertThat(context.deadLetters.get(2L)).hasMessageContaining("redirects are not followed");
    }

    @Test
    void failsTheTaskWithoutADeadLetterTopic() {
        context = new TestContext(false);
        receiver.answer(400);

        assertThatThrownBy(() -> start().put(List.of(signal(0, "a"))))
                .isInstanceOf(DataException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("the receiver answered 400 (CLIENT_ERROR)");
    }

    @Test
    void goesOnWithoutADeadLetterTopicWhenErrorsAreTolerated() {
        context = new TestContext(false);
        receiver.answer(400);

        start(Map.of("errors.tolerance", "all")).put(List.of(signal(0, "a"), signal(1, "b")));

        assertThat(sentIds()).containsExactly("a", "b");
        assertThat(deliveries)
                .extracting(Delivery::getStatus)
                .containsExactly(DeliveryStatus.FAILED, DeliveryStatus.SENT);
    }

    @Test
    void dropsASignalThatHasExpiredAndSaysSo() {
        clock.advance(Duration.ofSeconds(599));

        start().put(List.of(signal(0, "a")));

        assertThat(receiver.requests()).isEmpty();
        assertThat(deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.SUPPRESSED);
            assertThat(delivery.getAttempt()).isZero();
            assertThat(delivery.getDetail()).isEqualTo("not sent: the signal expired at 2024-12-11T23:01:15Z");
        });
    }

    @Test
    void stopsTryingASignalThatExpiresMeanwhile() {
        WebhookSinkTask task = start(Map.of("delivery.timeout.ms", "86400000"));
        List<SinkRecord> batch = List.of(signal(0, "a"));
        receiver.answer(500);

        assertRetry(task, batch);
        clock.advance(Duration.ofMinutes(10));
        task.put(batch);

        assertThat(receiver.requests()).hasSize(1);
        assertThat(deliveries)
                .extracting(Delivery::getStatus)
                .containsExactly(DeliveryStatus.FAILED, DeliveryStatus.SUPPRESSED);
    }

    @Test
    void sendsOnlyTheActionsItIsAskedFor() {
        Signal clear =
                Signals.halt().setAction(Action.CLEAR).setSignalId("clear").build();

        start(Map.of("actions", "CLEAR,ALARM")).put(List.of(signal(0, "a"), Signals.record(1, clear)));

        assertThat(sentIds()).containsExactly("clear");
    }

    @Test
    void recordsInsteadOfSendingWhatIsOnlyToBeObserved() {
        Signal observed = Signals.halt().setMode(Mode.OBSERVE).build();

        start().put(List.of(Signals.record(0, observed)));

        assertThat(receiver.requests()).isEmpty();
        assertThat(deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.SUPPRESSED);
            assertThat(delivery.getDetail()).contains("mode OBSERVE and send.observed is false");
        });
    }

    @Test
    void sendsWhatIsOnlyToBeObservedWhenAskedTo() {
        Signal observed = Signals.halt().setMode(Mode.OBSERVE).build();

        start(Map.of("send.observed", "true")).put(List.of(Signals.record(0, observed)));

        assertThat(receiver.requests().get(0).body()).endsWith("\"mode\":\"OBSERVE\"}");
    }

    @Test
    void putsAsideWhatCannotBeReadAndGoesOn() {
        byte[] foreign = "{}".getBytes(StandardCharsets.UTF_8);

        start().put(List.of(
                Signals.record(0, foreign),
                Signals.record(1, "text"),
                Signals.record(2, (Object) null),
                signal(3, "a")));

        assertThat(sentIds()).containsExactly("a");
        assertThat(context.deadLetters).containsOnlyKeys(0L, 1L);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("begin with 7B 7D instead of C3 01");
        assertThat(context.deadLetters.get(1L))
                .hasMessageContaining("value is a String instead of bytes; set value.converter to");
    }

    @Test
    void refusesAnIdThatWouldMakeTheSignatureAmbiguousOrBreakTheHeader() {
        start().put(List.of(signal(0, "a.1"), signal(1, "a\r\nX-Evil: 1"), signal(2, "")));

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
        Signal signal = Signals.halt().setRolloutId("r".repeat(2_000)).build();

        start(Map.of("max.payload.bytes", "1024")).put(List.of(Signals.record(0, signal)));

        assertThat(receiver.requests()).isEmpty();
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("longer than 1024 bytes; raise max.payload.bytes");
    }

    @Test
    void returnsToTheFrameworkWhenABatchTakesLong() {
        WebhookSinkTask task = new WebhookSinkTask(clock, settings -> delivery -> {
            deliveries.add(delivery);
            clock.advance(Duration.ofSeconds(31));
        });
        task.initialize(context);
        task.start(props());
        List<SinkRecord> batch = List.of(signal(0, "a"), signal(1, "b"), signal(2, "c"));

        assertRetry(task, batch);
        assertThat(sentIds()).containsExactly("a", "b");
        task.put(batch);
        assertThat(sentIds()).containsExactly("a", "b", "c");
    }

    @Test
    void countsAttemptsByWhatCameOfThem() {
        receiver.answer(200).answer(401).answer(429);
        WebhookSinkTask task = start();
        List<SinkRecord> batch = List.of(signal(0, "a"), signal(1, "b"), signal(2, "c"));

        assertRetry(task, batch);
        clock.advance(Duration.ofSeconds(1));
        task.put(batch);

        assertThat(context.attempts()).isEqualTo(Map.of("ACCEPTED", 2.0, "AUTH", 1.0, "RATE_LIMITED", 1.0));
    }

    @Test
    void closesItsRecordOfDeliveries() {
        List<String> calls = new ArrayList<>();
        WebhookSinkTask task = new WebhookSinkTask(clock, settings -> new DeliveryLog() {
            @Override
            public void record(Delivery delivery) {
                calls.add("record");
            }

            @Override
            public void flush() {
                calls.add("flush");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        });
        task.initialize(context);
        task.start(props());
        task.put(List.of(signal(0, "a")));
        task.flush(Map.of());
        task.stop();

        assertThat(calls).containsExactly("record", "flush", "close");
    }

    @Test
    void showsNoSecretInAnyMessage() {
        receiver.answer(500).answer(403);
        WebhookSinkTask task = start();
        List<String> texts = new ArrayList<>();
        List<SinkRecord> batch = List.of(signal(0, "a"));

        texts.add(assertRetry(task, batch).toString());
        clock.advance(Duration.ofSeconds(1));
        task.put(batch);

        context.deadLetters.values().forEach(cause -> texts.add(cause.toString()));
        deliveries.forEach(delivery -> texts.add(delivery.toString()));
        texts.add(WebhookSinkConfig.parse(props()).toString());
        assertThat(texts).hasSize(5).allSatisfy(text -> assertThat(text)
                .doesNotContain(KEY, "T0K3N", "B3AR3R", "PR0DUC3R", "/hook"));
    }

    private WebhookSinkTask start() {
        return start(Map.of());
    }

    private WebhookSinkTask start(Map<String, String> changes) {
        WebhookSinkTask task = new WebhookSinkTask(clock, settings -> deliveries::add);
        task.initialize(context);
        Map<String, String> props = props();
        props.putAll(changes);
        task.start(props);
        return task;
    }

    private Map<String, String> props() {
        return new HashMap<>(Map.of(
                "name", "cd",
                "url", receiver.uri("/hook?token=T0K3N").toString(),
                "signing.secrets", "whsec_" + KEY,
                "headers", "Authorization: Bearer B3AR3R",
                "delivery.timeout.ms", "60000",
                "retry.backoff.max.ms", "5000",
                "deliveries.topic", "andon.deliveries",
                "deliveries.producer.bootstrap.servers", "unused:1",
                "deliveries.producer.sasl.jaas.config", "PR0DUC3R"));
    }

    private static RetriableException assertRetry(WebhookSinkTask task, List<SinkRecord> batch) {
        try {
            task.put(batch);
        } catch (RetriableException e) {
            return e;
        }
        throw new AssertionError("the task did not ask for the batch again");
    }

    private static SinkRecord signal(long offset, String id) {
        return Signals.record(offset, Signals.halt().setSignalId(id).build());
    }

    private List<String> sentIds() {
        return receiver.requests().stream()
                .map(request -> request.headers().getFirst("webhook-id"))
                .toList();
    }
}
