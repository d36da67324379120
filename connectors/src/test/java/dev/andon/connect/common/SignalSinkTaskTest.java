package dev.andon.connect.common;

import static dev.andon.connect.common.ScriptedTask.at;
import static dev.andon.connect.common.ScriptedTask.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Mode;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.Workload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task as the framework drives it, with receivers that answer what the test says. */
class SignalSinkTaskTest {
    private static final TopicPartition PARTITION = new TopicPartition("andon.signals", 0);

    private final TestClock clock = new TestClock(at(1));
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final ScriptedTask.Receiver receiver = new ScriptedTask.Receiver("cd");
    private TestContext context = new TestContext(true);
    private ScriptedTask task = new ScriptedTask(clock, settings -> deliveries::add, receiver);

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void goesOnWhereItWasWhenTheReceiverTakesSignalsAgain() {
        start();
        receiver.answer(status(200), status(503));

        put(signal(0, "a"), signal(1, "b"), signal(2, "c"));
        assertThat(receiver.attempts).containsExactly("a", "b");
        clock.advance(Duration.ofSeconds(1));
        put();

        assertThat(receiver.attempts).containsExactly("a", "b", "b", "c");
        assertThat(context.deadLetters).isEmpty();
    }

    /** A clock that moves between two looks at it must not make what is due look as if it were not due yet. */
    @Test
    void makesItsAttemptsThoughTimeGoesOnMeanwhile() {
        Clock ticking = new TestClock(at(1)) {
            @Override
            public Instant instant() {
                advance(Duration.ofMillis(1));
                return super.instant();
            }
        };
        task = new ScriptedTask(ticking, settings -> deliveries::add, receiver);
        start();

        put(signal(0, "a"), signal(1, "b"));

        assertThat(receiver.attempts).containsExactly("a", "b");
    }

    @Test
    void commitsNothingThatIsNotDoneWith() {
        start();
        receiver.answer(status(200), status(503));

        put(signal(5, "a"), signal(6, "b"), signal(7, "c"));
        assertThat(committed(8)).isEqualTo(6);
        clock.advance(Duration.ofSeconds(1));
        put();

        assertThat(committed(8)).isEqualTo(8);
    }

    @Test
    void takesEachRecordOnceThoughTheFrameworkHandsItOverAgain() {
        start();

        put(signal(5, "a"));
        put(signal(5, "a"), signal(6, "b"));

        assertThat(receiver.attempts).containsExactly("a", "b");
    }

    @Test
    void startsAfreshWithPartitionsThatWereTakenAwayAndGivenBack() {
        start();
        receiver.answer(status(503));
        put(signal(5, "a"));

        task.close(List.of(PARTITION));
        assertThat(committed(6)).isEqualTo(6);
        clock.advance(Duration.ofSeconds(1));
        put(signal(4, "b"), signal(5, "a"));

        assertThat(receiver.attempts).containsExactly("a", "b", "a");
    }

    @Test
    void pausesLongerAfterEachFailureAndMakesNoAttemptBeforeItIsDue() {
        start();
        receiver.answer(status(500), status(500), status(500), status(500));

        put(signal(0, "a"));
        put(); // the framework may call before the pause is over
        for (int millis : new int[] {400, 600, 2_000, 4_000}) {
            clock.advance(Duration.ofMillis(millis));
            put();
        }

        assertThat(receiver.attempts).hasSize(4);
        assertThat(context.waits).containsExactly(1000L, 1000L, 600L, 2000L, 4000L, 5000L);
    }

    @Test
    void triesAReceiverThatIsDownWithOneSignalPerPause() {
        start();
        receiver.answer(status(503), status(503));

        put(signal(0, "a"), signal(1, "b"), signal(2, "c"));
        clock.advance(Duration.ofSeconds(1));
        put();

        assertThat(receiver.attempts).containsExactly("a", "a");
    }

    @Test
    void letsHaltsGoFirst() {
        start();
        receiver.answer(status(503));
        put(Signals.record(0, of("hold", Action.HOLD).build()));
        put(Signals.record(1, of("alarm", Action.ALARM).setRolloutId(null).build()), signal(2, "halt"));

        clock.advance(Duration.ofSeconds(1));
        put();

        assertThat(receiver.attempts).containsExactly("hold", "halt", "alarm", "hold");
    }

    @Test
    void leavesTheReceiverAloneForAsLongAsItAsks() {
        start();
        receiver.answer(status(429, Duration.ofSeconds(17)));

        put(signal(0, "a"));

        assertThat(context.waits).containsExactly(17_000L);
        assertThat(deliveries).singleElement().satisfies(delivery -> assertThat(delivery.getRetryAt())
                .isEqualTo(clock.instant().plusSeconds(17)));
    }

    @Test
    void makesItsLastAttemptAtTheDeadlineThenRejects() {
        start();
        receiver.answer(status(503, Duration.ofHours(1)), status(503));

        put(signal(0, "a"));
        clock.advance(Duration.ofMinutes(1));
        put(signal(1, "b"));

        assertThat(receiver.attempts).containsExactly("a", "a", "b");
        assertThat(context.deadLetters.get(0L))
                .isInstanceOf(DataException.class)
                .hasMessage("signal a (HALT) is not delivered to https://cd.example.com: the receiver answered 503"
                        + " (SERVER_ERROR); given up after 2 attempts in 60000 ms (delivery.timeout.ms)");
        assertThat(deliveries)
                .extracting(Delivery::getSignalId, Delivery::getStatus, Delivery::getAttempt, Delivery::getRetryAt)
                .containsExactly(
                        tuple("a", DeliveryStatus.FAILED, 1L, at(61)),
                        tuple("a", DeliveryStatus.FAILED, 2L, null),
                        tuple("b", DeliveryStatus.SENT, 1L, null));
    }

    @Test
    void deliversWhatStillStandsAfterAnHourAndDropsWhatWasSuperseded() {
        start(Map.of("delivery.timeout.ms", "7200000", "retry.backoff.max.ms", "30000"));
        for (int i = 0; i < 200; i++) {
            receiver.answer(status(503));
        }
        put(
                Signals.record(0, of("gone", Action.HALT).setExpires(at(7_200)).build()),
                Signals.record(
                        1, of("stands", Action.HALT).setExpires(at(7_200)).build()));
        for (int seconds = 0; seconds < 3_300; seconds++) {
            clock.advance(Duration.ofSeconds(1));
            put();
        }
        assertThat(receiver.attempts)
                .as("one attempt per pause of at most 30 s")
                .hasSizeLessThan(120);
        Signal clear =
                of("clear", Action.CLEAR).setRolloutId("gone").setExpires(null).build();
        put(Signals.record(2, clear));
        receiver.answers().clear();
        int before = receiver.attempts.size();
        clock.advance(Duration.ofSeconds(30));
        put();

        assertThat(receiver.attempts.subList(before, receiver.attempts.size())).containsExactly("stands", "clear");
        assertThat(deliveries)
                .filteredOn(delivery -> delivery.getStatus() == DeliveryStatus.SUPPRESSED)
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.getSignalId()).isEqualTo("gone");
                    assertThat(delivery.getDetail()).isEqualTo("not sent: superseded by signal clear (CLEAR)");
                });
        assertThat(committed(3)).isEqualTo(3);
    }

    @Test
    void sendsNoHaltThatWasClearedThoughItDoesNotSendTheClear() {
        start(Map.of("actions", "HALT"));
        receiver.answer(status(503));
        put(signal(0, "a"));

        put(Signals.record(1, of("clear", Action.CLEAR).setRolloutId("a").build()));
        clock.advance(Duration.ofSeconds(1));
        put();

        assertThat(receiver.attempts).containsExactly("a");
        assertThat(committed(2)).isEqualTo(2);
    }

    @Test
    void readsNoMoreWhenTooMuchWaits() {
        start();
        receiver.answer(status(503));
        List<SinkRecord> batch = new ArrayList<>();
        String longReason = "x".repeat(1 << 20);
        for (int i = 0; i < 64; i++) {
            batch.add(Signals.record(
                    i, of("s" + i, Action.HALT).setReason(longReason).build()));
        }

        assertThatThrownBy(() -> task.put(batch))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("no more are read until some are done with");
        clock.advance(Duration.ofSeconds(1));
        task.put(batch.subList(0, 32)); // what waited is delivered: there is room again
        task.put(batch);

        assertThat(receiver.attempts).hasSize(65).startsWith("s0", "s0", "s1").endsWith("s62", "s63");
    }

    @Test
    void rejectsAtOnceWhatTheReceiverWillNeverAcceptAndGoesOn() {
        start();
        receiver.answer(status(401), status(400), status(302));

        put(signal(0, "a"), signal(1, "b"), signal(2, "c"), signal(3, "d"));

        assertThat(receiver.attempts).containsExactly("a", "b", "c", "d");
        assertThat(context.deadLetters).containsOnlyKeys(0L, 1L, 2L);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("check the credentials and the headers");
        assertThat(context.deadLetters.get(2L)).hasMessageContaining("redirects are not followed");
    }

    @Test
    void failsTheTaskWithoutADeadLetterTopic() {
        context = new TestContext(false);
        start();
        receiver.answer(status(400));

        assertThatThrownBy(() -> put(signal(0, "a")))
                .isInstanceOf(DataException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("the receiver answered 400 (CLIENT_ERROR)");
        assertThat(committed(1)).as("it is read again after a restart").isZero();
    }

    @Test
    void goesOnWithoutADeadLetterTopicWhenErrorsAreTolerated() {
        context = new TestContext(false);
        start(Map.of("errors.tolerance", "all"));
        receiver.answer(status(400));

        put(signal(0, "a"), signal(1, "b"));

        assertThat(receiver.attempts).containsExactly("a", "b");
        assertThat(deliveries)
                .extracting(Delivery::getStatus)
                .containsExactly(DeliveryStatus.FAILED, DeliveryStatus.SENT);
    }

    @Test
    void putsAsideASignalThatBreaksTheSink() {
        start();
        receiver.answer(() -> {
            throw new IllegalStateException("s3cret");
        });

        put(signal(0, "a"), signal(1, "b"));

        assertThat(receiver.attempts).containsExactly("a", "b");
        assertThat(context.deadLetters.get(0L))
                .hasMessageContaining("java.lang.IllegalStateException")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void dropsASignalThatHasExpiredAndSaysSo() {
        start();
        clock.advance(Duration.ofSeconds(599));

        put(signal(0, "a"));

        assertThat(receiver.attempts).isEmpty();
        assertThat(deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.SUPPRESSED);
            assertThat(delivery.getAttempt()).isZero();
            assertThat(delivery.getDetail()).isEqualTo("not sent: the signal expired at 2024-12-11T23:01:15Z");
        });
    }

    @Test
    void asksASenderAgainForAsLongAsTheSignalStands() {
        start();
        Outcome sent = status(200).again(Duration.ofSeconds(5));
        receiver.answer(
                sent,
                sent,
                status(200).means(DeliveryStatus.VERIFIED, "it stands still").again(Duration.ofSeconds(5)));

        put(signal(0, "a"));
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofSeconds(5));
            put();
        }
        assertThat(committed(1)).as("read again after a crash").isZero();
        assertThat(deliveries)
                .extracting(Delivery::getStatus, Delivery::getDetail)
                .containsExactly(tuple(DeliveryStatus.SENT, null), tuple(DeliveryStatus.VERIFIED, "it stands still"));

        put(Signals.record(1, of("clear", Action.CLEAR).setRolloutId("a").build()));

        assertThat(receiver.attempts).containsExactly("a", "a", "a", "clear");
        assertThat(deliveries).hasSize(3);
        assertThat(committed(2)).isEqualTo(2);
    }

    @Test
    void takesTheSameSignalTwiceForOneWhileItStands() {
        start();
        receiver.answer(status(200).again(Duration.ofSeconds(5)));

        put(signal(0, "a"));
        put(signal(1, "a"));

        assertThat(receiver.attempts).containsExactly("a");
        assertThat(committed(2)).isZero();
    }

    @Test
    void keepsToThePaceOfTheReceiver() {
        receiver.pace = new Pace(2, Duration.ofMinutes(1));
        start();

        put(signal(0, "a"), signal(1, "b"), signal(2, "c"));
        assertThat(receiver.attempts).containsExactly("a", "b");
        assertThat(context.waits).containsExactly(30_000L);
        clock.advance(Duration.ofMinutes(1));
        put();

        assertThat(receiver.attempts).containsExactly("a", "b", "c");
    }

    @Test
    void recordsInsteadOfSendingWhatIsOnlyToBeObserved() {
        start();

        put(Signals.record(0, of("a", Action.HALT).setMode(Mode.OBSERVE).build()));

        assertThat(receiver.attempts).isEmpty();
        assertThat(deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.SUPPRESSED);
            assertThat(delivery.getDetail())
                    .isEqualTo("not sent: the signal is of mode OBSERVE and send.observed is false; would have been"
                            + " done: tell cd of a");
        });
    }

    @Test
    void putsAsideWhatCannotBeReadAndGoesOn() {
        start();

        put(
                Signals.record(0, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Signals.record(1, "text"),
                Signals.record(2, (Object) null),
                signal(3, "a"));

        assertThat(receiver.attempts).containsExactly("a");
        assertThat(context.deadLetters).containsOnlyKeys(0L, 1L);
        assertThat(context.deadLetters.get(0L)).hasMessageContaining("begin with 7B 7D instead of C3 01");
        assertThat(context.deadLetters.get(1L))
                .hasMessageContaining("value is a String instead of bytes; set value.converter to");
    }

    @Test
    void countsAttemptsByWhatCameOfThem() {
        start();
        receiver.answer(status(200), status(401), status(429));

        put(signal(0, "a"), signal(1, "b"), signal(2, "c"));
        assertThat(context.healthy()).containsExactly(0);
        clock.advance(Duration.ofSeconds(1));
        put();

        assertThat(context.attempts()).isEqualTo(Map.of("ACCEPTED", 2.0, "AUTH", 1.0, "RATE_LIMITED", 1.0));
        assertThat(context.healthy()).containsExactly(1);
    }

    @Test
    void doesNotLetOneSlowReceiverDelayAnother() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        ScriptedTask.Receiver slow = new ScriptedTask.Receiver("slow").answer(() -> {
            try {
                var unused = stuck.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return status(200);
        });
        task = new ScriptedTask(clock, settings -> deliveries::add, slow, receiver);
        start();

        put(signal(0, "a"));
        await().until(() -> attemptsAfterPut() == 1);
        put(signal(1, "b"));
        await().until(() -> attemptsAfterPut() == 2);
        put();
        assertThat(slow.attempts).containsExactly("a");
        assertThat(committed(2)).as("the slow one has not got the first").isZero();
        stuck.countDown();
        await().until(() -> {
            put();
            return committed(2) == 2;
        });

        assertThat(slow.attempts).containsExactly("a", "b");
    }

    @Test
    void tellsTheStartOfARolloutOnceToWhoWantsToKnow() {
        receiver.wantsStarts = true;
        start();

        put(rollout(0, Phase.PROGRESSING), rollout(1, Phase.PROGRESSING), rollout(2, Phase.COMPLETED));

        assertThat(receiver.attempts).containsExactly("start web-42");
        assertThat(deliveries).isEmpty();
        assertThat(committed(3)).isEqualTo(3);
    }

    @Test
    void passesOverRolloutsWhereNobodyWantsToKnow() {
        start();

        put(rollout(0, Phase.STARTED));

        assertThat(receiver.attempts).isEmpty();
        assertThat(committed(1)).isEqualTo(1);
    }

    @Test
    void writesItsRecordsBeforeItCommits() {
        List<String> calls = new ArrayList<>();
        task = new ScriptedTask(
                clock,
                settings -> new DeliveryLog() {
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
                },
                receiver);
        start();

        put(signal(0, "a"));
        committed(1);
        task.stop();

        assertThat(calls).containsExactly("record", "flush", "close");
    }

    private void start() {
        start(Map.of());
    }

    private void start(Map<String, String> changes) {
        task.initialize(context);
        Map<String, String> props =
                new HashMap<>(Map.of("name", "cd", "delivery.timeout.ms", "60000", "retry.backoff.max.ms", "5000"));
        props.putAll(changes);
        task.start(props);
    }

    /** The framework calls again and again, with nothing new. */
    private int attemptsAfterPut() {
        put();
        return receiver.attempts.size();
    }

    private void put(SinkRecord... records) {
        task.put(Arrays.asList(records));
    }

    private long committed(long readUpTo) {
        return Objects.requireNonNull(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(readUpTo)))
                        .get(PARTITION))
                .offset();
    }

    private static Signal.Builder of(String id, Action action) {
        return Signals.halt().setSignalId(id).setRolloutId(id).setAction(action);
    }

    private static SinkRecord signal(long offset, String id) {
        return Signals.record(offset, of(id, Action.HALT).build());
    }

    private static SinkRecord rollout(long offset, Phase phase) {
        RolloutEvent event = RolloutEvent.newBuilder()
                .setTime(at(0))
                .setRolloutId("web-42")
                .setCluster("prod-1")
                .setPhase(phase)
                .setWorkload(new Workload("Deployment", "shop", "web"))
                .build();
        return Signals.record(offset, new SingleObjectSerde<>(RolloutEvent.class).encode(event));
    }
}
