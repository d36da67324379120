package dev.andon.connect.common;

import dev.andon.schema.Action;
import dev.andon.schema.Delivery;
import dev.andon.schema.Mode;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * Takes signals from the framework and leads each into the lanes of its receivers. Never waits: the framework calls
 * again, with nothing new, when the task has asked for it. Offsets are committed only up to the first record that is not
 * done with, so what was under way when a worker died is read again.
 */
public abstract class SignalSinkTask extends SinkTask {
    /** What may wait in memory; beyond it the framework stops reading until something is done with. */
    private static final long MOST_WAITING_BYTES = 32L << 20;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** How soon to look again while other threads are making attempts. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    /**
     * What an implementation contributes.
     *
     * @param settings those that all sinks have
     * @param senders its receivers, one or more; each signal goes to all of them, none waits for another
     * @param release gives back what the senders hold when the task stops
     */
    public record Opened(SinkSettings settings, List<? extends Sender> senders, Runnable release) {
        public Opened {
            senders = List.copyOf(senders);
        }

        public Opened(SinkSettings settings, Sender sender) {
            this(settings, List.of(sender), () -> {});
        }
    }

    private record Settled(SinkRecord record, @Nullable DataException rejection) {}

    private final Clock clock;
    private final Function<SinkSettings, DeliveryLog> openLog;
    private final Inputs inputs = new Inputs();
    private final Starts starts = new Starts();
    private final Map<TopicPartition, Long> acceptedUpTo = new HashMap<>();
    private final Held held = new Held(MOST_WAITING_BYTES);
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();
    private @Nullable Running running;

    /** What there is while the task runs. */
    private record Running(
            Opened opened,
            DeliveryLog deliveries,
            Journal journal,
            Lanes lanes,
            Optional<Escalation> escalation,
            Rejections rejections) {}

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
        Opened opened = open(props, clock);
        SinkSettings settings = opened.settings();
        AttemptMetrics metrics = new AttemptMetrics(context.pluginMetrics());
        DeliveryLog deliveries = openLog.apply(settings);
        Journal journal = new Journal(settings.sink(), deliveries, metrics, clock);
        List<Lane> lanes = opened.senders().stream()
                .map(sender -> new Lane(sender, settings, journal, this::settled, clock))
                .toList();
        metrics.watch(lanes);
        running = new Running(
                opened,
                deliveries,
                journal,
                new Lanes(settings.sink(), lanes, clock),
                settings.escalation().map(Escalation::new),
                new Rejections(context, settings.toleratesErrors()));
        running().lanes().check();
    }

    private void settled(SinkRecord record, @Nullable DataException rejection) {
        settled.add(new Settled(record, rejection));
    }

    @Override
    public final void put(Collection<SinkRecord> records) {
        boolean all = acceptAll(records);
        running().escalation().ifPresent(this::escalate);
        running().lanes().work();
        drain();
        wakeUp();
        if (!all) {
            throw new RetriableException("more than " + MOST_WAITING_BYTES + " bytes of signals wait for their"
                    + " receivers; no more are read until some are done with");
        }
    }

    private boolean acceptAll(Collection<SinkRecord> records) {
        for (SinkRecord record : records) {
            Long done = acceptedUpTo.get(Held.partition(record));
            if (done != null && record.originalKafkaOffset() <= done) {
                continue;
            }
            if (held.full()) {
                return false;
            }
            accept(record);
            acceptedUpTo.put(Held.partition(record), record.originalKafkaOffset());
        }
        return true;
    }

    private void accept(SinkRecord record) {
        try {
            Object input = inputs.read(record);
            if (input instanceof Signal signal) {
                accept(record, signal);
            } else if (input instanceof RolloutEvent rollout) {
                accept(record, rollout);
            } else if (input instanceof Delivery delivery) {
                running().escalation().ifPresent(escalation -> escalation.heard(delivery));
            }
        } catch (SerializationException | DataException e) {
            running().rejections().report(record, new DataException("signal cannot be read: " + e.getMessage(), e));
        }
    }

    private void accept(SinkRecord record, Signal signal) {
        if (withhold(signal)) {
            return;
        }
        if (!settings().actions().contains(signal.getAction())) {
            if (signal.getAction() == Action.CLEAR) {
                forgetSubject(signal);
            }
            return;
        }
        Optional<Escalation> escalation = running().escalation();
        if (escalation.isPresent()) {
            held.hold(record, 1);
            drop(escalation.get().keep(record, signal, clock.instant()));
        } else {
            held.hold(record, running().lanes().size());
            running().lanes().accept(record, signal);
        }
    }

    /** What no longer stands must not be sent, whether or not the receiver wants to hear of its end. */
    private void forgetSubject(Signal clear) {
        running().escalation().ifPresent(escalation -> drop(escalation.supersede(clear)));
        running().lanes().supersede(clear);
    }

    private boolean withhold(Signal signal) {
        if (!settings().actions().contains(signal.getAction())
                || signal.getMode() == Mode.ENFORCE
                || settings().sendObserved()) {
            return false;
        }
        running().lanes().all().forEach(lane -> running()
                .journal()
                .suppressed(
                        Notice.of(signal),
                        lane.sender().target(),
                        "not sent: the signal is of mode " + signal.getMode() + " and " + SinkOptions.SEND_OBSERVED
                                + " is false; would have been done: "
                                + lane.sender().plan(signal)));
        return true;
    }

    private void accept(SinkRecord record, RolloutEvent rollout) {
        boolean begins = rollout.getPhase() == Phase.STARTED || rollout.getPhase() == Phase.PROGRESSING;
        if (begins && starts.isNew(rollout.getRolloutId())) {
            held.hold(record, running().lanes().size());
            running().lanes().accept(record, rollout, () -> settled(record, null));
        }
    }

    private void escalate(Escalation escalation) {
        drop(escalation.satisfied());
        for (Escalation.Released released : escalation.released(clock.instant())) {
            held.release(released.record());
            held.hold(released.record(), running().lanes().size());
            running().lanes().accept(released.record(), released.signal());
        }
    }

    private void drop(List<Escalation.Dropped> dropped) {
        for (Escalation.Dropped signal : dropped) {
            running().lanes().all().forEach(lane -> running()
                    .journal()
                    .suppressed(Notice.of(signal.signal()), lane.sender().target(), signal.why()));
            settled(signal.record(), null);
        }
    }

    /** Reports what was rejected from the thread of the framework, and lets go of what is done with. */
    private void drain() {
        for (Settled next = settled.poll(); next != null; next = settled.poll()) {
            if (next.rejection() != null) {
                running().rejections().report(next.record(), next.rejection());
            }
            held.release(next.record());
        }
    }

    private void wakeUp() {
        Instant now = clock.instant();
        Duration wait = running().lanes().working()
                ? GLANCE
                : Stream.concat(
                                running().lanes().nextDue(now).stream(),
                                running().escalation().flatMap(Escalation::nextDue).stream())
                        .map(due -> Duration.between(now, due))
                        .reduce(LONGEST_PAUSE, (one, other) -> one.compareTo(other) < 0 ? one : other);
        context.timeout(Math.max(1, wait.toMillis()));
    }

    @Override
    public final Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        drain();
        running().deliveries().flush();
        Map<TopicPartition, OffsetAndMetadata> settledOffsets = new HashMap<>();
        offsets.forEach((partition, offset) -> settledOffsets.put(
                partition, new OffsetAndMetadata(held.settledUpTo(partition, offset.offset()), offset.metadata())));
        return settledOffsets;
    }

    @Override
    public final void close(Collection<TopicPartition> partitions) {
        acceptedUpTo.keySet().removeAll(partitions);
        running().escalation().ifPresent(escalation -> escalation.forget(partitions));
        running().lanes().all().forEach(lane -> lane.forget(partitions));
        held.forget(partitions);
    }

    @Override
    public final void stop() {
        Running stopping = running;
        if (stopping != null) {
            stopping.lanes().close();
            stopping.deliveries().close();
            stopping.opened().release().run();
        }
    }

    private SinkSettings settings() {
        return running().opened().settings();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("the task has not been started");
        }
        return running;
    }
}
