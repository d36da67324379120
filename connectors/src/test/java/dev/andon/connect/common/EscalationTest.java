package dev.andon.connect.common;

import static dev.andon.connect.common.ScriptedTask.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The second path: a sink that speaks when the first one has not come far enough. */
class EscalationTest {
    private static final TopicPartition SIGNALS = new TopicPartition("andon.signals", 0);

    private final TestClock clock = new TestClock(at(1));
    private final List<Delivery> deliveries = new ArrayList<>();
    private final ScriptedTask.Receiver receiver = new ScriptedTask.Receiver("pager");
    private final TestContext context = new TestContext(true);
    private final ScriptedTask task = new ScriptedTask(clock, settings -> deliveries::add, receiver);
    private long offset;

    @Test
    void speaksWhenTheFirstPathHasNotComeFarEnoughInTime() {
        start();

        put(halt("a"), delivery("a", "cd", DeliveryStatus.SENT, null));
        clock.advance(Duration.ofMillis(11_999));
        put();
        assertThat(receiver.attempts).isEmpty();
        assertThat(committed(1)).as("read again after a crash").isZero();
        clock.advance(Duration.ofMillis(1));
        put();

        assertThat(receiver.attempts).containsExactly("a");
        assertThat(committed(1)).isEqualTo(1);
        assertThat(context.waits).startsWith(12_000L, 1L);
    }

    @Test
    void saysWhyItSpeaks() {
        List<String> reasons = new ArrayList<>();
        Sender sender = new Sender() {
            @Override
            public String target() {
                return "pager";
            }

            @Override
            public Errand errand(Signal signal) {
                return now -> {
                    reasons.add(signal.getReason());
                    return ScriptedTask.status(200);
                };
            }

            @Override
            public String plan(Signal signal) {
                return "page";
            }
        };
        var other = new SignalSinkTask(clock, settings -> deliveries::add) {
            @Override
            protected Opened open(Map<String, String> props, java.time.Clock any) {
                var options = SinkOptions.addTo(new org.apache.kafka.common.config.ConfigDef());
                return new Opened(SinkOptions.settings(SinkOptions.parse(options, props)), sender);
            }
        };
        other.initialize(context);
        other.start(props());
        other.put(List.of(halt("a"), halt("b"), delivery("b", "cd", DeliveryStatus.FAILED, null)));
        clock.advance(Duration.ofSeconds(15));
        other.put(List.of());

        assertThat(reasons)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("[escalated: cd gave up: it is broken] apiserver LIST"),
                        second -> assertThat(second)
                                .startsWith("[escalated: cd has not recorded VERIFIED within 12000 ms] apiserver"));
    }

    @Test
    void keepsQuietWhenTheFirstPathDidIt() {
        start();

        put(halt("a"), delivery("a", "cd", DeliveryStatus.VERIFIED, null));
        clock.advance(Duration.ofMinutes(1));
        put();

        assertThat(receiver.attempts).isEmpty();
        assertThat(committed(1)).isEqualTo(1);
        assertThat(deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.SUPPRESSED);
            assertThat(delivery.getDetail()).isEqualTo("not sent: cd has recorded VERIFIED");
        });
    }

    @Test
    void readsTheNewsAndTheSignalInEitherOrder() {
        start();

        put(delivery("a", "cd", DeliveryStatus.VERIFIED, null), halt("a"));
        clock.advance(Duration.ofMinutes(1));
        put();

        assertThat(receiver.attempts).isEmpty();
    }

    @Test
    void speaksAtOnceWhenTheFirstPathHasGivenUp() {
        start();

        put(halt("a"), delivery("a", "cd", DeliveryStatus.FAILED, at(60)));
        assertThat(receiver.attempts).as("it tries again").isEmpty();
        put(delivery("a", "cd", DeliveryStatus.FAILED, null));

        assertThat(receiver.attempts).containsExactly("a");
    }

    @Test
    void heedsNobodyElse() {
        start();

        put(halt("a"), delivery("a", "other", DeliveryStatus.VERIFIED, null));
        clock.advance(Duration.ofSeconds(15));
        put();

        assertThat(receiver.attempts).containsExactly("a");
    }

    @Test
    void dropsWhatWasClearedMeanwhileAndPassesTheClearOn() {
        start();
        Signal clear = Signals.halt()
                .setSignalId("clear")
                .setRolloutId("a")
                .setAction(Action.CLEAR)
                .build();

        put(halt("a"));
        put(Signals.record(offset++, clear));
        clock.advance(Duration.ofMinutes(1));
        put();

        assertThat(receiver.attempts).containsExactly("clear");
        assertThat(committed(2)).isEqualTo(2);
    }

    @Test
    void givesNoFurtherTimeWhenAHaltIsSaidAgainBecauseItDidNotTake() {
        start();
        put(halt("a"));
        clock.advance(Duration.ofSeconds(8));
        put(again("a", "a-2"));

        clock.advance(Duration.ofSeconds(4));
        put();

        assertThat(receiver.attempts).containsExactly("a-2");
    }

    @Test
    void countsAnewForWhatIsSaidAfterAClear() {
        start();
        put(halt("a"));
        clock.advance(Duration.ofSeconds(8));
        Signal clear = Signals.halt()
                .setSignalId("clear")
                .setRolloutId("a")
                .setAction(Action.CLEAR)
                .build();
        put(Signals.record(offset++, clear));
        put(again("a", "a-2"));

        clock.advance(Duration.ofMillis(11_999));
        put();
        assertThat(receiver.attempts).containsExactly("clear");
        clock.advance(Duration.ofMillis(1));
        put();
        assertThat(receiver.attempts).containsExactly("clear", "a-2");
    }

    @Test
    void needsASingleTask() {
        Map<String, String> props = props();
        props.put("tasks.max", "2");

        task.initialize(context);
        assertThatThrownBy(() -> task.start(props))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("escalate.after.sink is set, but tasks.max is 2");
    }

    private void start() {
        task.initialize(context);
        task.start(props());
    }

    private static Map<String, String> props() {
        return new HashMap<>(Map.of("name", "pager", "escalate.after.sink", "cd", "escalate.after.status", "VERIFIED"));
    }

    private void put(SinkRecord... records) {
        task.put(Arrays.asList(records));
    }

    private long committed(long readUpTo) {
        return Objects.requireNonNull(task.preCommit(Map.of(SIGNALS, new OffsetAndMetadata(readUpTo)))
                        .get(SIGNALS))
                .offset();
    }

    private SinkRecord halt(String id) {
        return Signals.record(
                offset++, Signals.halt().setSignalId(id).setRolloutId(id).build());
    }

    private SinkRecord again(String rolloutId, String id) {
        return Signals.record(
                offset++, Signals.halt().setSignalId(id).setRolloutId(rolloutId).build());
    }

    private SinkRecord delivery(String signal, String sink, DeliveryStatus status, @Nullable Instant retryAt) {
        Delivery delivery = Delivery.newBuilder()
                .setTime(at(2))
                .setSignalId(signal)
                .setSink(sink)
                .setTarget("https://cd.example.com")
                .setStatus(status)
                .setAttempt(1)
                .setRetryAt(retryAt)
                .setDetail("it is broken")
                .build();
        return Signals.record(
                "andon.deliveries", 0, offset++, new SingleObjectSerde<>(Delivery.class).encode(delivery));
    }
}
