package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.codec.StateCodec;
import dev.andon.decide.ClusterReport;
import dev.andon.decide.ClusterStage;
import dev.andon.decide.MemoryTable;
import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import dev.andon.testing.Incident;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopped anywhere and started again from its stores, a processor says the same as one that was never stopped. */
class RestartTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final List<Input> INCIDENT = Incident.in("west", "agent-7f3", START);
    private static final Clock CLOCK = Clock.fixed(START.plus(Incident.length()), ZoneOffset.UTC);
    private static final TopologySettings SETTINGS = TopologySettings.replay(Settings.DEFAULT);

    private MockProcessorContext<byte[], byte[]> context;

    @BeforeEach
    void newContext(@TempDir Path directory) {
        var config = StreamsProperties.of("test", "unused:1", directory).build(Topics.DEFAULT, CLOCK, Observer.NONE);
        context = new MockProcessorContext<>(config, new TaskId(0, 0), directory.toFile());
    }

    @Test
    void theStageByClusterGoesOnWhereItStopped() {
        store(Nodes.SERIES_STORE, StateCodec.SERIES);
        store(Nodes.CLUSTERS_STORE, StateCodec.CLUSTERS);
        Supplier<Processor<byte[], byte[], byte[], byte[]>> processors =
                () -> new ClusterProcessor(SETTINGS, Topics.DEFAULT, CLOCK, Observer.NONE);
        List<Record<byte[], byte[]>> records =
                INCIDENT.stream().map(RestartTest::record).toList();
        List<String> topics = INCIDENT.stream()
                .map(input -> Topics.DEFAULT.of(Records.encode(input).topic()))
                .toList();

        List<String> interrupted = run(processors, records, topics, 7);
        clear(Nodes.SERIES_STORE, Nodes.CLUSTERS_STORE);
        assertThat(interrupted)
                .isEqualTo(run(processors, records, topics, Integer.MAX_VALUE))
                .hasSizeGreaterThan(20);
    }

    @Test
    void theStageByFleetGoesOnWhereItStopped() {
        store(Nodes.REPORTS_STORE, StateCodec.REPORTS);
        store(Nodes.STANDINGS_STORE, StateCodec.STANDINGS);
        store(Nodes.OVERRIDES_STORE, StateCodec.OVERRIDES);
        Supplier<Processor<byte[], byte[], byte[], byte[]>> processors =
                () -> new FleetProcessor(SETTINGS, CLOCK, Observer.NONE);
        List<Record<byte[], byte[]>> records = reports();
        List<String> topics =
                records.stream().map(record -> Topics.DEFAULT.fleetInputs()).toList();

        List<String> interrupted = run(processors, records, topics, 1);
        clear(Nodes.REPORTS_STORE, Nodes.STANDINGS_STORE, Nodes.OVERRIDES_STORE);
        assertThat(interrupted)
                .isEqualTo(run(processors, records, topics, Integer.MAX_VALUE))
                .hasSize(1);
    }

    /** @param lifetime records after which a processor is replaced by a new one on the same stores */
    private List<String> run(
            Supplier<Processor<byte[], byte[], byte[], byte[]>> processors,
            List<Record<byte[], byte[]>> records,
            List<String> topics,
            int lifetime) {
        context.resetForwards();
        Processor<byte[], byte[], byte[], byte[]> processor = processors.get();
        processor.init(context);
        for (int i = 0; i < records.size(); i++) {
            if (i % lifetime == lifetime - 1) {
                processor = processors.get();
                processor.init(context);
            }
            context.setRecordMetadata(topics.get(i), 0, i);
            processor.process(records.get(i));
        }
        return context.forwarded().stream()
                .map(sent -> sent.childName() + " " + sent.record().timestamp() + " "
                        + HexFormat.of().formatHex(sent.record().value()))
                .toList();
    }

    private <V> void store(String name, StateCodec<V> codec) {
        KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), codec.serde())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        StateStoreContext stores = context.getStateStoreContext();
        store.init(stores, store);
        context.addStateStore(store);
    }

    private void clear(String... names) {
        for (String name : names) {
            KeyValueStore<String, Object> store = context.getStateStore(name);
            List<String> keys = new ArrayList<>();
            try (var rows = store.all()) {
                rows.forEachRemaining(row -> keys.add(row.key));
            }
            keys.forEach(store::delete);
        }
    }

    private static Record<byte[], byte[]> record(Input input) {
        Records.Encoded encoded = Records.encode(input);
        return new Record<>(encoded.key(), encoded.value(), input.time().toEpochMilli());
    }

    /** What the stage by cluster makes of the incident. */
    private static List<Record<byte[], byte[]>> reports() {
        var stage = new ClusterStage(Settings.DEFAULT, new MemoryTable<>(), new MemoryTable<>());
        List<ClusterReport> reports = new ArrayList<>();
        INCIDENT.forEach(input -> reports.addAll(stage.accept(input).reports()));
        return reports.stream()
                .map(report -> new Record<>(
                        report.fleet().getBytes(UTF_8),
                        StateCodec.FLEET_INPUTS.encode(report),
                        report.time().toEpochMilli()))
                .toList();
    }
}
