package dev.andon.connect.common;

import dev.andon.connect.common.Progress.Attempts;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Mode;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers signals in order, one attempt per call. Waiting belongs to the framework, which keeps polling meanwhile and
 * so keeps the task in its group; but it would repeat for ever, so the deadline is this task's own.
 */
public abstract class SignalSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(SignalSinkTask.class);

    /** Back to the framework after this long, well before the default max.poll.interval.ms of 5 minutes. */
    private static final Duration LONGEST_PUT = Duration.ofSeconds(60);

    /** What an implementation contributes: its settings and its receiver. */
    public record Opened(SinkSettings settings, Sender sender) {}

    private final Clock clock;
    private final Function<SinkSettings, DeliveryLog> openLog;
    private final SingleObjectSerde<Signal> serde = new SingleObjectSerde<>(Signal.class);
    private final Progress progress = new Progress();
    private @Nullable Opened opened;
    private @Nullable AttemptMetrics metrics;
    private DeliveryLog deliveries = DeliveryLog.NONE;
    private boolean warnedOfRejection;

    protected SignalSinkTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        this.clock = clock;
        this.openLog = openLog;
    }

    /** Reads the configuration; contacts nothing. */
    protected abstract Opened open(Map<String, String> props, Clock clock);

    @Override
    public final String version() {
        return Version.current();
    }

    @Override
    public final void start(Map<String, String> props) {
        Opened configured = open(props, clock);
        opened = configured;
        metrics = new AttemptMetrics(context.pluginMetrics());
        deliveries = openLog.apply(configured.settings());
    }

    @Override
    public final void put(Collection<SinkRecord> records) {
        Instant start = clock.instant();
        for (SinkRecord record : records) {
            if (progress.isDone(record)) {
                continue;
            }
            if (Duration.between(start, clock.instant()).compareTo(LONGEST_PUT) > 0) {
                throw later(Duration.ofMillis(1), "the receiver is slow: going on after a poll");
            }
            handle(record);
            progress.done(record);
        }
    }

    private void handle(SinkRecord record) {
        if (record.value() == null) {
            return;
        }
        Signal signal;
        try {
            signal = read(record.value());
        } catch (SerializationException | DataException e) {
            reject(record, new DataException("signal cannot be read: " + e.getMessage(), e));
            return;
        }
        if (!settings().actions().contains(signal.getAction())) {
            return;
        }
        Optional<String> withheld = whyWithheld(signal);
        if (withheld.isPresent()) {
            log(signal, DeliveryStatus.SUPPRESSED, 0, null, withheld.get(), null);
        } else {
            attempt(record, signal);
        }
    }

    private Signal read(Object value) {
        if (value instanceof byte[] bytes) {
            return serde.decode(bytes);
        }
        throw new DataException("its value is a " + value.getClass().getSimpleName() + " instead of bytes; set"
                + " value.converter to org.apache.kafka.connect.converters.ByteArrayConverter");
    }

    private Optional<String> whyWithheld(Signal signal) {
        Instant expires = signal.getExpires();
        if (expires != null && !clock.instant().isBefore(expires)) {
            return Optional.of("not sent: the signal expired at " + expires);
        }
        if (signal.getMode() != Mode.ENFORCE && !settings().sendObserved()) {
            return Optional.of("not sent: the signal is of mode " + signal.getMode() + " and "
                    + SinkOptions.SEND_OBSERVED + " is false");
        }
        return Optional.empty();
    }

    private void attempt(SinkRecord record, Signal signal) {
        Attempts before = progress.attempts(record);
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.next())) {
            throw later(Duration.between(now, before.next()), "the next attempt is due at " + before.next());
        }
        long count = before == null ? 1 : before.count() + 1;
        Outcome outcome = sender().send(signal, now);
        if (metrics != null) {
            metrics.count(outcome);
        }
        switch (outcome.kind()) {
            case DELIVERED -> log(signal, DeliveryStatus.SENT, count, outcome, null, null);
            case REJECTED -> {
                long made = outcome.latency().isPresent() ? count : count - 1;
                log(signal, DeliveryStatus.FAILED, made, outcome, outcome.detail(), null);
                reject(record, rejection(signal, outcome.detail()));
            }
            case RETRY -> retry(record, signal, outcome, count, before == null ? now : before.first());
        }
    }

    private void retry(SinkRecord record, Signal signal, Outcome outcome, long count, Instant first) {
        Instant now = clock.instant();
        Instant deadline = first.plus(settings().deliveryTimeout());
        if (!now.isBefore(deadline)) {
            String detail = outcome.detail() + "; given up after " + count + " attempts in "
                    + Duration.between(first, now).toMillis() + " ms";
            log(signal, DeliveryStatus.FAILED, count, outcome, detail, null);
            reject(record, rejection(signal, detail + " (" + SinkOptions.DELIVERY_TIMEOUT_MS + ")"));
            return;
        }
        Duration wait = outcome.retryAfter()
                .map(asked ->
                        asked.compareTo(settings().backoff()) < 0 ? settings().backoff() : asked)
                .orElseGet(() -> settings().backoffAfter(count));
        Instant next = now.plus(wait);
        // A receiver that asks for more time than there is gets its last chance when the time ends.
        Instant due = next.isAfter(deadline) ? deadline : next;
        progress.failed(record, new Attempts(record.originalKafkaOffset(), count, first, due));
        log(signal, DeliveryStatus.FAILED, count, outcome, outcome.detail(), due);
        throw later(
                Duration.between(now, due),
                "signal " + signal.getSignalId() + " is not delivered to " + sender().target() + " yet: "
                        + outcome.detail() + "; attempt " + count + " of this signal");
    }

    private RetriableException later(Duration wait, String why) {
        context.timeout(Math.max(1, wait.toMillis()));
        return new RetriableException(why);
    }

    private DataException rejection(Signal signal, String detail) {
        return new DataException("signal " + signal.getSignalId() + " (" + signal.getAction() + ") is not delivered to "
                + sender().target() + ": " + detail);
    }

    private void reject(SinkRecord record, DataException cause) {
        ErrantRecordReporter deadLetters = context.errantRecordReporter();
        if (deadLetters != null) {
            // The framework waits for it before it commits the offset.
            var unused = deadLetters.report(record, cause);
            return;
        }
        if (!settings().toleratesErrors()) {
            throw cause;
        }
        if (!warnedOfRejection) {
            warnedOfRejection = true;
            LOG.warn(
                    "Signals are dropped because errors.tolerance is all and no dead letter topic is set (further ones"
                            + " only show in the record of deliveries). First: topic {}, partition {}, offset {}",
                    record.originalTopic(),
                    record.originalKafkaPartition(),
                    record.originalKafkaOffset(),
                    cause);
        }
    }

    private void log(
            Signal signal,
            DeliveryStatus status,
            long attempt,
            @Nullable Outcome outcome,
            @Nullable String detail,
            @Nullable Instant retryAt) {
        deliveries.record(Delivery.newBuilder()
                .setTime(clock.instant())
                .setSignalId(signal.getSignalId())
                .setRolloutId(signal.getRolloutId())
                .setSink(settings().sink())
                .setTarget(sender().target())
                .setStatus(status)
                .setAttempt(attempt)
                .setHttpStatus(
                        outcome == null || outcome.httpStatus().isEmpty()
                                ? null
                                : outcome.httpStatus().getAsInt())
                .setLatencyMillis(
                        outcome == null
                                ? null
                                : outcome.latency().map(Duration::toMillis).orElse(null))
                .setDetail(detail)
                .setRetryAt(retryAt)
                .build());
    }

    @Override
    public final void flush(Map<TopicPartition, OffsetAndMetadata> offsets) {
        deliveries.flush();
    }

    @Override
    public final void close(Collection<TopicPartition> partitions) {
        progress.forget(partitions);
    }

    @Override
    public final void stop() {
        deliveries.close();
    }

    private SinkSettings settings() {
        return opened().settings();
    }

    private Sender sender() {
        return opened().sender();
    }

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("the task has not been started");
        }
        return opened;
    }
}
