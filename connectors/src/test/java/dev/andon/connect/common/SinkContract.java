package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.schema.Action;
import dev.andon.schema.Candidate;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Evidence;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What every sink promises, whatever system it speaks to. A sink takes part by saying how it is set up. */
public abstract class SinkContract {
    private static final TopicPartition PARTITION = new TopicPartition("andon.signals", 0);

    protected final Receiver receiver = new Receiver();
    protected final TestClock clock = new TestClock(Signals.TIME.plusSeconds(1));
    protected final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    protected final TestContext context = new TestContext(true);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<SignalSinkTask> started = new ArrayList<>();

    /** A task of the sink under test. */
    protected abstract SignalSinkTask task(Clock clock, Function<SinkSettings, DeliveryLog> openLog);

    /** Options that make it send to this address, with each secret option set to one of {@link #secrets()}. */
    protected abstract Map<String, String> options(URI receiver);

    /** Texts that must show nowhere. */
    protected abstract Set<String> secrets();

    /** The longest body that the receiver takes. */
    protected abstract int longestBytes();

    /** What this receiver means by a status; the table of docs/reference/deliveries.md unless a system has its own. */
    protected Kind meaning(int status) {
        if (status >= 200 && status <= 299) {
            return Kind.DELIVERED;
        }
        boolean again = status == 408 || status == 425 || status == 429 || status >= 500 || status < 200;
        return again ? Kind.RETRY : Kind.REJECTED;
    }

    /** What every request is answered with from now on. */
    protected void answerAll(int status) {
        receiver.otherwise(status, "");
    }

    @BeforeEach
    final void readTheLog() {
        Logger root = (Logger) LoggerFactory.getLogger("dev.andon.connect");
        root.setLevel(Level.TRACE);
        root.setAdditive(false);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    final void stopEverything() {
        started.forEach(SignalSinkTask::stop);
        ((Logger) LoggerFactory.getLogger("dev.andon.connect")).detachAppender(log);
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                200, 201, 202, 204, 206, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408,
                409, 410, 413, 415, 418, 421, 422, 425, 426, 429, 431, 451, 499, 500, 501, 502, 503, 504, 507, 511, 599
            })
    void givesEachStatusItsOutcome(int status) {
        answerAll(status);

        put(start(), halt(0, "a"));

        Kind expected = meaning(status);
        assertThat(context.deadLetters).hasSize(expected == Kind.REJECTED ? 1 : 0);
        assertThat(deliveries).isNotEmpty();
        Delivery last = deliveries.get(deliveries.size() - 1);
        assertThat(last.getHttpStatus()).isEqualTo(status);
        assertThat(last.getRetryAt() != null).isEqualTo(expected == Kind.RETRY);
        assertThat(last.getStatus() == DeliveryStatus.FAILED).isEqualTo(expected != Kind.DELIVERED);
    }

    @Test
    void triesAgainWhenTheReceiverHangsUpResetsStaysSilentIsSlowLiesOrIsNotThere() throws Exception {
        List<Wire> wires = List.of(
                new Wire("", true),
                new Wire("", false),
                Wire.resetting(),
                Wire.dripping("HTTP/1.1 200 OK\r\nX-Padding: " + "x".repeat(200) + "\r\n\r\n"),
                new Wire("no HTTP at all\r\n\r\n", true),
                new Wire("HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\nshort", true));
        URI nobody = wires.get(0).uri();
        for (Wire wire : wires) {
            try (wire) {
                expectRetry(wire.uri());
            }
        }
        expectRetry(nobody);
    }

    private void expectRetry(URI uri) {
        deliveries.clear();
        put(start(impatient(uri)), halt(0, "a"));
        assertThat(deliveries).hasSize(1).allSatisfy(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.FAILED);
            assertThat(delivery.getRetryAt()).isNotNull();
        });
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void showsNoSecretAnywhere() throws Exception {
        List<String> texts = new ArrayList<>();
        SignalSinkTask task = start();
        receiver.answer(500).answer(403).answer(302, "Location", "https://x/").answer(400);
        for (int i = 0; i < 4; i++) {
            put(task, halt(i, "s" + i));
            clock.advance(Duration.ofMinutes(1));
        }
        put(task, Signals.record(9, of("o", Action.HALT).setMode(Mode.OBSERVE).build()));
        try (Wire wire = new Wire("", true)) {
            put(start(impatient(wire.uri())), halt(0, "a"));
        }

        context.deadLetters.values().forEach(cause -> texts.add(stackTrace(cause)));
        deliveries.forEach(delivery -> texts.add(delivery.toString()));
        log.list.forEach(event -> texts.add(event.getFormattedMessage() + event.getThrowableProxy()));
        texts.add(context.metricNames());
        assertThat(deliveries).hasSizeGreaterThanOrEqualTo(5);
        assertThat(context.deadLetters).isNotEmpty();
        assertThat(log.list).isNotEmpty();
        assertThat(texts).allSatisfy(text -> assertThat(text).doesNotContain(secrets()));
    }

    private static String stackTrace(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void saysLoudlyThatTheCredentialsAreWrongAndTriesEachSignalOnce() {
        answerAll(401);
        SignalSinkTask task = start();

        put(task, halt(0, "a"), halt(1, "b"));
        int requests = receiver.requests().size();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofSeconds(10));
            put(task);
        }

        assertThat(receiver.requests()).as("none is tried again").hasSize(requests);
        assertThat(context.deadLetters).containsOnlyKeys(0L, 1L);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("refuses the credentials"));
        assertThat(context.healthy()).contains(0);
    }

    @Test
    void cutsTooMuchEvidenceVisibly() {
        Evidence piece = Signals.halt().getEvidence().get(0);
        List<Candidate> candidates = IntStream.range(0, 20_000)
                .mapToObj(i -> new Candidate("rollout-" + i, 1e-6, true, "finished 41 min before the onset"))
                .toList();
        Signal signal = of("a", Action.HALT)
                .setReason("LIST latency rose. ".repeat(100_000))
                .setEvidence(Collections.nCopies(20_000, piece))
                .setCandidates(candidates)
                .build();

        put(start(), Signals.record(0, signal));

        assertThat(context.deadLetters).isEmpty();
        assertThat(receiver.requests()).isNotEmpty().allSatisfy(request -> assertThat(
                        request.body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(longestBytes()));
        assertThat(receiver.requests())
                .filteredOn(request -> !request.body().isEmpty())
                .allSatisfy(this::isCut);
    }

    /** How a person or a program sees that something is missing. */
    protected void isCut(Receiver.Request request) {
        assertThat(request.body()).containsAnyOf("truncated", "... (cut)");
    }

    @Test
    void repeatsItselfWordForWordSoThatADuplicateIsRecognised() {
        SinkRecord record = halt(0, "a");

        put(start(), record);
        List<Receiver.Request> first = receiver.requests();
        put(start(), record); // another worker, after a crash between sending and committing

        List<Receiver.Request> both = receiver.requests();
        assertThat(both).hasSize(2 * first.size());
        for (int i = 0; i < first.size(); i++) {
            assertThat(both.get(first.size() + i).path()).isEqualTo(first.get(i).path());
            assertThat(both.get(first.size() + i).body()).isEqualTo(first.get(i).body());
        }
    }

    @Test
    void touchesNothingInObserveModeAndRecordsWhatItWouldHaveDone() {
        put(
                start(),
                Signals.record(0, of("a", Action.HALT).setMode(Mode.OBSERVE).build()));

        assertThat(receiver.requests())
                .as("requests that change something")
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        assertThat(deliveries).isNotEmpty().allSatisfy(delivery -> {
            assertThat(delivery.getStatus()).isEqualTo(DeliveryStatus.SUPPRESSED);
            assertThat(delivery.getDetail()).contains("mode OBSERVE", "would have been done: ");
        });
    }

    @Test
    void keepsNoMoreThanTheLastWordOnEachRolloutWhileTheReceiverIsDown() {
        answerAll(503);
        SignalSinkTask task = start();
        List<SinkRecord> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Signal signal = of("halt-" + i, Action.HALT)
                    .setRolloutId("a")
                    .setExpires(null)
                    .build();
            records.add(Signals.record(i, signal));
        }
        put(task, records.toArray(SinkRecord[]::new));
        int seconds = 0;
        for (; seconds < 3_600; seconds++) {
            clock.advance(Duration.ofSeconds(1));
            put(task);
        }
        assertThat(receiver.requests()).as("requests in an hour").hasSizeLessThan(200);
        assertThat(committed(task, 500)).isEqualTo(499);
        answerAll(200);
        clock.advance(Duration.ofSeconds(30));
        put(task);

        assertThat(deliveries)
                .filteredOn(delivery -> delivery.getStatus() == DeliveryStatus.SUPPRESSED)
                .hasSize(499)
                .allSatisfy(delivery -> assertThat(delivery.getDetail()).startsWith("not sent: superseded by"));
        assertThat(deliveries)
                .filteredOn(delivery -> delivery.getStatus() != DeliveryStatus.SUPPRESSED)
                .extracting(Delivery::getSignalId)
                .containsOnly("halt-499");
        assertThat(deliveries.get(deliveries.size() - 1).getStatus()).isNotEqualTo(DeliveryStatus.FAILED);
    }

    @Test
    void sendsNothingThatHasExpired() {
        clock.advance(Duration.ofMinutes(10));

        put(start(), halt(0, "a"));

        assertThat(receiver.requests())
                .as("requests that change something")
                .allSatisfy(request -> assertThat(request.method()).isEqualTo("GET"));
        assertThat(deliveries).isNotEmpty().allSatisfy(delivery -> assertThat(delivery.getDetail())
                .startsWith("not sent: the signal expired at"));
    }

    protected final SignalSinkTask start() {
        return start(allOptions(receiver.uri("")));
    }

    protected final SignalSinkTask start(Map<String, String> options) {
        SignalSinkTask task = task(clock, settings -> deliveries::add);
        task.initialize(context);
        task.start(options);
        started.add(task);
        return task;
    }

    private Map<String, String> impatient(URI uri) {
        Map<String, String> options = allOptions(uri);
        options.put("connect.timeout.ms", "300");
        options.put("request.timeout.ms", "300");
        return options;
    }

    protected final Map<String, String> allOptions(URI uri) {
        Map<String, String> options = new HashMap<>(Map.of(
                "name", "cd",
                "deliveries.topic", "andon.deliveries",
                "deliveries.producer.bootstrap.servers", "unused:1",
                "deliveries.producer.sasl.jaas.config", "PR0DUC3R"));
        options.putAll(options(uri));
        return options;
    }

    protected static void put(SignalSinkTask task, SinkRecord... records) {
        task.put(Arrays.asList(records));
    }

    protected static long committed(SignalSinkTask task, long readUpTo) {
        return Optional.ofNullable(task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(readUpTo)))
                        .get(PARTITION))
                .orElseThrow()
                .offset();
    }

    /** A signal about a rollout of the same name. */
    protected static Signal.Builder of(String id, Action action) {
        return Signals.halt().setSignalId(id).setRolloutId(id).setAction(action);
    }

    protected static SinkRecord halt(long offset, String id) {
        return Signals.record(offset, of(id, Action.HALT).build());
    }
}
