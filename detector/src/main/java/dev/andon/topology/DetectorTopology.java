package dev.andon.topology;

import dev.andon.codec.StateCodec;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The whole detector on Kafka: by cluster, by fleet, and overrides and deliveries to every fleet. All records are read as bytes and
 * decoded inside the processors, so that foreign ones become dead letters with a reason.
 */
public final class DetectorTopology {
    private static final Topic[] INPUTS = {
        Topic.ROLLOUTS, Topic.APISERVER_LATENCY, Topic.DNS_ERRORS, Topic.MEASUREMENTS, Topic.CLUSTERS
    };

    private final TopologySettings settings;
    private final Topics topics;
    private final Clock clock;
    private final Observer observer;
    private final Topology topology;

    private DetectorTopology(
            TopologySettings settings, Topics topics, StreamsConfig config, Clock clock, Observer observer) {
        this.settings = settings;
        this.topics = topics;
        this.clock = clock;
        this.observer = observer;
        this.topology = new Topology(new TopologyConfig(config));
    }

    /** @param config made by {@link StreamsProperties} */
    public static Topology build(
            TopologySettings settings, Topics topics, Properties config, Clock clock, Observer observer) {
        var building = new DetectorTopology(settings, topics, new StreamsConfig(config), clock, observer);
        building.byCluster();
        building.toFleets(Nodes.ROUTE_OVERRIDES, FleetRouter.OVERRIDES);
        building.toFleets(Nodes.ROUTE_DELIVERIES, FleetRouter.DELIVERIES);
        building.byFleet();
        return building.topology;
    }

    private void byCluster() {
        String[] sources = new String[INPUTS.length];
        for (int i = 0; i < INPUTS.length; i++) sources[i] = source(INPUTS[i]);
        topology.addProcessor(
                Nodes.BY_CLUSTER,
                supplier(
                        () -> new ClusterProcessor(settings, topics, clock, observer),
                        store(Nodes.SERIES_STORE, StateCodec.SERIES),
                        store(Nodes.CLUSTERS_STORE, StateCodec.CLUSTERS)),
                sources);
        sink(Nodes.CHANGE_POINTS, Topic.CHANGE_POINTS, Nodes.BY_CLUSTER);
        sink(Nodes.FLEET_INPUTS, Topic.FLEET_INPUTS, Nodes.BY_CLUSTER);
        sink(Nodes.DEAD_INPUTS, Topic.DEAD_LETTERS, Nodes.BY_CLUSTER);
    }

    private void toFleets(String node, FleetRouter.Route<?> route) {
        topology.addProcessor(
                node, supplier(() -> new FleetRouter(route, settings, clock, observer)), source(route.from()));
        topology.addSink(
                route.sink(),
                topics.of(Topic.FLEET_INPUTS),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                FleetRouter.TO_ALL_PARTITIONS,
                node);
        sink(route.deadLetters(), Topic.DEAD_LETTERS, node);
    }

    private void byFleet() {
        topology.addProcessor(
                Nodes.BY_FLEET,
                supplier(
                        () -> new FleetProcessor(settings, clock, observer),
                        store(Nodes.REPORTS_STORE, StateCodec.REPORTS),
                        store(Nodes.STANDINGS_STORE, StateCodec.STANDINGS),
                        store(Nodes.OVERRIDES_STORE, StateCodec.OVERRIDES)),
                source(Topic.FLEET_INPUTS));
        sink(Nodes.SIGNALS, Topic.SIGNALS, Nodes.BY_FLEET);
        sink(Nodes.DEAD_FLEET_INPUTS, Topic.DEAD_LETTERS, Nodes.BY_FLEET);
    }

    private String source(Topic topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                Nodes.source(topic),
                new BoundedTimestampExtractor(new Horizon(clock, settings.futureTolerance())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.of(topic));
        return Nodes.source(topic);
    }

    private void sink(String name, Topic topic, String parent) {
        topology.addSink(name, topics.of(topic), new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }

    /** The processor keeps its rows in memory, so the store needs no cache and is there for restarts. */
    private static <T> StoreBuilder<?> store(String name, StateCodec<T> codec) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), codec.serde())
                .withCachingDisabled();
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
            Supplier<Processor<byte[], byte[], byte[], byte[]>> processors, StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return processors.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // In the order given, so that the topology always describes itself in the same words.
                return new LinkedHashSet<>(List.of(stores));
            }
        };
    }
}
