package dev.andon.topology;

import dev.andon.codec.AvroCodec;
import dev.andon.decide.ClusterStage;
import dev.andon.decide.ClusterState;
import dev.andon.detect.SeriesState;
import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Adapts {@link ClusterStage} to Kafka Streams: all inputs of the clusters of one partition, in order of time. */
final class ClusterProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final TopologySettings settings;
    private final Clock clock;
    private final Observer observer;
    private final InputReader reader;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<Topic, AvroCodec<? extends Input>> codecs = new EnumMap<>(InputReader.CODECS);
    private @Nullable Task task;

    /** What lives from one start of the task to the next. Streams starts a task again after an aborted transaction. */
    private record Task(
            ProcessorContext<byte[], byte[]> context,
            Outlet outlet,
            ClusterStage stage,
            StoreTable<ClusterState> clusters,
            Optional<QuietTime> quiet) {}

    ClusterProcessor(TopologySettings settings, Topics names, Clock clock, Observer observer) {
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.reader = new InputReader(new Horizon(clock, settings.futureTolerance()));
        codecs.keySet().forEach(topic -> topics.put(names.of(topic), topic));
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        KeyValueStore<String, SeriesState> series = context.getStateStore(Nodes.SERIES_STORE);
        KeyValueStore<String, ClusterState> clusterStore = context.getStateStore(Nodes.CLUSTERS_STORE);
        StoreTable<ClusterState> clusters = new StoreTable<>(clusterStore);
        ClusterStage stage = new ClusterStage(settings.decisions(), new StoreTable<>(series), clusters);
        clusters.forEach((cluster, state) -> observer.health(cluster, state.health()));
        Outlet outlet = new Outlet(context, clock, observer);
        Optional<QuietTime> quiet = settings.wallClock()
                .map(wallClock -> QuietTime.start(wallClock, context, eventTime -> tick(stage, outlet, eventTime)));
        task = new Task(context, outlet, stage, clusters, quiet);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Task running = Objects.requireNonNull(task, "init comes first");
        running.quiet().ifPresent(q -> q.arrived(running.context().currentSystemTimeMs()));
        String topicName = running.context().recordMetadata().orElseThrow().topic();
        Topic topic = Objects.requireNonNull(topics.get(topicName), topicName);
        // The topic is compacted: an empty record only says that earlier ones may be forgotten.
        if (topic == Topic.CLUSTERS && record.value() == null) return;
        try {
            Input input = reader.read(Objects.requireNonNull(codecs.get(topic)), record.key(), record.value());
            take(running, input, topic, record);
        } catch (InvalidInput refusal) {
            running.outlet().deadLetter(Nodes.DEAD_INPUTS, record, topic, refusal);
        }
    }

    /** The task moves to another instance, or begins again. */
    @Override
    public void close() {
        if (task != null) task.clusters().forEach((cluster, state) -> observer.released(cluster));
    }

    private void take(Task running, Input input, Topic topic, Record<byte[], byte[]> record) {
        ClusterStage.Output output = running.stage().accept(input);
        send(output, running.outlet());
        if (output.refused().isEmpty()) {
            observer.accepted(topic);
            return;
        }
        String message = topic.name("") + " of " + input.cluster() + " at " + input.time() + " was not taken";
        running.outlet()
                .deadLetter(Nodes.DEAD_INPUTS, record, topic, output.refused().get(), message);
    }

    private static void tick(ClusterStage stage, Outlet outlet, Optional<Instant> eventTime) {
        send(stage.flushIdle(), outlet);
        eventTime.ifPresent(time -> send(stage.advanceTo(time), outlet));
    }

    private static void send(ClusterStage.Output output, Outlet outlet) {
        output.changePoints().forEach(outlet::changePoint);
        output.reports().forEach(outlet::report);
    }
}
