package dev.andon.topology;

import dev.andon.codec.StateCodec;
import dev.andon.codec.UnreadableStateException;
import dev.andon.decide.FleetInput;
import dev.andon.decide.FleetStage;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import dev.andon.domain.Signal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Adapts {@link FleetStage} to Kafka Streams: the fleets of one partition, each with a stage of its own. */
final class FleetProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final TopologySettings settings;
    private final Clock clock;
    private final Observer observer;
    private @Nullable Task task;

    /** What lives from one start of the task to the next. */
    private record Task(
            ProcessorContext<byte[], byte[]> context, Outlet outlet, Fleets fleets, Optional<QuietTime> quiet) {}

    FleetProcessor(TopologySettings settings, Clock clock, Observer observer) {
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Fleets fleets = new Fleets(
                settings.decisions(),
                new StoreTable<>(context.getStateStore(Nodes.REPORTS_STORE)),
                new StoreTable<>(context.getStateStore(Nodes.STANDINGS_STORE)),
                new StoreTable<>(context.getStateStore(Nodes.OVERRIDES_STORE)));
        Outlet outlet = new Outlet(context, clock, observer);
        Optional<QuietTime> quiet = settings.wallClock()
                .map(wallClock -> QuietTime.start(wallClock, context, eventTime -> tick(fleets, outlet, eventTime)));
        task = new Task(context, outlet, fleets, quiet);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Task running = Objects.requireNonNull(task, "init comes first");
        running.quiet().ifPresent(q -> q.arrived(running.context().currentSystemTimeMs()));
        try {
            FleetInput input = read(record.value());
            boolean first = running.context().taskId().partition() == 0;
            send(running.fleets().accept(input, first), running.outlet());
        } catch (InvalidInput refusal) {
            running.outlet().deadLetter(Nodes.DEAD_FLEET_INPUTS, record, Topic.FLEET_INPUTS, refusal);
        }
    }

    private static FleetInput read(byte @Nullable [] value) {
        try {
            return StateCodec.FLEET_INPUTS.decode(InputReader.present(value));
        } catch (UnreadableStateException e) {
            throw new InvalidInput(RejectReason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private static void tick(Fleets fleets, Outlet outlet, Optional<Instant> eventTime) {
        send(fleets.flushIdle(), outlet);
        eventTime.ifPresent(time -> send(fleets.advanceTo(time), outlet));
    }

    private static void send(List<Signal> signals, Outlet outlet) {
        signals.forEach(signal -> outlet.signal(signal));
    }
}
