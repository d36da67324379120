package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.ClusterInfo;
import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ConfigException;
import dev.andon.topology.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AndonServiceIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final List<String> events = new ArrayList<>();

    @Test
    void startsEverythingInOrderDeliversAndStopsInTheOppositeOrder() throws Exception {
        Path delivered = directory.resolve("delivered");
        AndonConfig config = config("""
                clusters: [{name: prod-1, nodes: 60}]
                connectors: {sink: {connector.class: PickySink, topics: andon.signals, file: %s}}
                """.formatted(delivered));
        long stopping;
        try (AndonService service = AndonService.start(config, parts(TestPlugins.buildIn(directory)))) {
            await().until(() -> service.health().ready());
            assertThat(service.health().components())
                    .extracting(Health.Component::name)
                    .containsExactly("broker", "detector", "connector sink");
            KafkaProbe probe = new KafkaProbe(service.bootstrapServers());
            probe.send("andon.signals", "HALT");
            await().until(() ->
                    Files.exists(delivered) && Files.readString(delivered).equals("HALT"));
            assertThat(clusterOf(service)).contains("prod-1 60");
            assertThat(service.metrics().scrape())
                    .contains("andon_connector_running{connector=\"sink\"} 1.0")
                    .contains("kafka_stream_alive_stream_threads")
                    .satisfies(page -> assertThat(page.lines().filter(line -> line.startsWith("kafka_")))
                            .hasSizeBetween(5, 60));
            stopping = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(10));
        assertThat(events).containsExactly("detector starts", "http opens", "http closes", "detector stops");
    }

    @Test
    void aConnectorThatIsRefusedStopsTheStartAndNamesTheLine() throws IOException {
        AndonConfig config = config("connectors:\n  letters:\n    connector.class: LettersSource\n    count: 99\n");
        assertThatThrownBy(() -> AndonService.start(config, parts(TestPlugins.buildIn(directory))))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("andon.yaml has 2 problems:\n")
                .hasMessageContaining("andon.yaml:4:5: connectors.letters.count: Invalid value 99");
        assertThat(events).containsExactly("detector starts", "detector stops");
        try (EmbeddedKafka free = EmbeddedKafka.start(ServiceSettings.broker(config))) {
            assertThat(free.fault()).isEmpty();
        }
    }

    @Test
    void saysThatKafkaDoesNotAnswer() {
        AndonConfig config = AndonConfig.parse(
                "andon.yaml",
                "{kafka: {bootstrap.servers: '127.0.0.1:1', request.timeout.ms: 500}, data: {dir: " + directory + "}}",
                name -> Optional.empty());
        assertThatThrownBy(() -> AndonService.start(config, parts(directory)))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Kafka at 127.0.0.1:1 does not answer");
        assertThat(events).isEmpty();
    }

    private AndonConfig config(String yaml) {
        return AndonConfig.parse(
                "andon.yaml",
                yaml + "kafka: {port: 0}\ndata: {dir: " + directory.resolve("data") + "}\n",
                name -> Optional.empty());
    }

    private AndonService.Parts parts(Path plugins) {
        return new AndonService.Parts(
                Copies::new,
                service -> {
                    events.add("http opens");
                    return () -> events.add("http closes");
                },
                Optional.of(plugins),
                CLOCK);
    }

    private static Optional<String> clusterOf(AndonService service) {
        Properties config = new Properties();
        config.put("bootstrap.servers", service.bootstrapServers());
        return KafkaProbe.bytes(config, Topics.DEFAULT.clusters()).stream()
                .map(AvroCodec.CLUSTERS::decode)
                .map((ClusterInfo info) -> info.cluster() + " " + info.nodes().orElse(-1))
                .findFirst();
    }

    /** The smallest application there is: a real Kafka Streams client that reads one topic. */
    private final class Copies implements StreamsApplication {
        private final KafkaStreams streams;
        private final AutoCloseable metrics;

        Copies(Context context) {
            Properties config = new Properties();
            config.put(StreamsConfig.APPLICATION_ID_CONFIG, "copies");
            config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, context.bootstrapServers());
            config.put(StreamsConfig.STATE_DIR_CONFIG, context.stateDirectory().toString());
            StreamsBuilder builder = new StreamsBuilder();
            builder.stream(Topics.DEFAULT.rollouts(), Consumed.with(Serdes.String(), Serdes.String()))
                    .foreach((key, value) -> events.add(value));
            streams = new KafkaStreams(builder.build(), config);
            metrics = context.metrics().bind(streams);
        }

        @Override
        public void start() {
            events.add("detector starts");
            streams.start();
        }

        @Override
        public State state() {
            return new State(
                    streams.state() == KafkaStreams.State.RUNNING ? Phase.RUNNING : Phase.STARTING,
                    streams.state().name());
        }

        @Override
        public void close(Duration limit) {
            events.add("detector stops");
            try {
                metrics.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            streams.close(CloseOptions.timeout(limit));
        }
    }
}
