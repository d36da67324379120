package dev.andon.cli;

import dev.andon.service.config.AndonConfig;
import dev.andon.topology.DetectorTopology;
import dev.andon.topology.Observer;
import dev.andon.topology.StreamsProperties;
import dev.andon.topology.Topics;
import dev.andon.topology.TopologySettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code andon topology}: what runs inside Kafka Streams. */
@Command(
        name = "topology",
        description =
                "Prints the topology of the detector: topics, processors and state stores, as Kafka Streams names them.",
        footer = {"Examples:", "  andon topology", "  andon topology --config andon.yaml"})
final class TopologyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take the names of the topics from this configuration.")
    private @Nullable Path config;

    @Override
    public Integer call() {
        AndonConfig loaded = Optional.ofNullable(config).map(AndonConfig::load).orElseGet(AndonConfig::defaults);
        Topics topics = loaded.kafka().topics();
        Clock clock = Clock.systemUTC();
        // Nothing is contacted and nothing is written: a description needs names only.
        Properties properties = StreamsProperties.of(
                        topics.prefix() + "detector",
                        loaded.kafka().bootstrapServers().orElse("localhost:9092"),
                        loaded.dataDirectory().resolve("streams"))
                .build(topics, clock, Observer.NONE);
        PrintWriter out = spec.commandLine().getOut();
        out.print(DetectorTopology.build(
                        TopologySettings.live(loaded.detection()), topics, properties, clock, Observer.NONE)
                .describe());
        out.flush();
        return ExitCode.DONE;
    }
}
