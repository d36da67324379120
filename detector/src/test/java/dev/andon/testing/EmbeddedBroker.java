package dev.andon.testing;

import dev.andon.service.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The broker of our own service, in this JVM, on a directory of its own. */
final class EmbeddedBroker implements KafkaBroker {
    private final EmbeddedKafka kafka;
    private final Path directory;

    private EmbeddedBroker(EmbeddedKafka kafka, Path directory) {
        this.kafka = kafka;
        this.directory = directory;
    }

    static EmbeddedBroker start() {
        try {
            Path directory = Files.createTempDirectory("andon-test-broker-");
            return new EmbeddedBroker(EmbeddedKafka.start(EmbeddedKafka.Settings.in(directory)), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the test broker", e);
        }
    }

    @Override
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public void close() {
        kafka.close();
        try {
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the test broker's directory was not deleted", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (var files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) Files.deleteIfExists(file);
    }
}
