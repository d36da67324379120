package dev.andon.service;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The part of the data directory that belongs to the embedded broker. Formats it once; afterwards refuses whatever was
 * not written by this product or was written by a newer Kafka, before the broker touches a byte.
 */
final class BrokerStorage {
    private static final String CLUSTER_ID = "cluster.id";
    private static final String METADATA_VERSION = "metadata.version";

    private final Path logs;
    private final Path marker;

    BrokerStorage(Path dataDirectory) {
        this.logs = dataDirectory.resolve("kafka");
        this.marker = dataDirectory.resolve("broker.properties");
    }

    Path logs() {
        return logs;
    }

    /** Leaves a formatted directory of ours behind, or throws a {@link StartException}. */
    void prepare(int nodeId, String controllerListener) {
        try {
            Files.createDirectories(logs);
            Optional<Properties> ours = read(marker);
            Optional<Properties> kafkas = read(logs.resolve("meta.properties"));
            refuseForeign(ours, kafkas);
            if (kafkas.isEmpty()) {
                format(ours.orElseGet(this::newCluster), nodeId, controllerListener);
            }
        } catch (IOException e) {
            throw new StartException("the broker's directory " + logs + " cannot be used: " + e, e);
        }
    }

    private void refuseForeign(Optional<Properties> ours, Optional<Properties> kafkas) {
        String found = kafkas.map(p -> p.getProperty(CLUSTER_ID, "?")).orElse(null);
        String known = ours.map(p -> p.getProperty(CLUSTER_ID, "?")).orElse(null);
        if (found != null && !found.equals(known)) {
            throw new StartException("the directory " + logs + " belongs to another Kafka cluster (cluster.id " + found
                    + (known == null ? "" : ", expected " + known) + "); choose another data.dir");
        }
        short supported = MetadataVersion.latestProduction().featureLevel();
        int written = ours.map(p -> p.getProperty(METADATA_VERSION, ""))
                .map(BrokerStorage::level)
                .orElse(0);
        if (written > supported) {
            throw new StartException("the directory " + logs + " was written by a newer version (metadata.version "
                    + written + ", this program knows " + supported + "); run that version or choose another data.dir");
        }
    }

    private static int level(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException unreadable) {
            return Integer.MAX_VALUE;
        }
    }

    private Properties newCluster() {
        Properties cluster = new Properties();
        cluster.setProperty(CLUSTER_ID, Uuid.randomUuid().toString());
        cluster.setProperty(
                METADATA_VERSION,
                Short.toString(MetadataVersion.latestProduction().featureLevel()));
        return cluster;
    }

    /** The marker is written first: after a crash in between, the next start formats again under the same id. */
    private void format(Properties cluster, int nodeId, String controllerListener) throws IOException {
        try (Writer out = Files.newBufferedWriter(marker)) {
            cluster.store(out, "Andon's embedded broker. Do not edit.");
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(cluster.getProperty(CLUSTER_ID))
                    .setNodeId(nodeId)
                    .setControllerListenerName(controllerListener)
                    .setMetadataLogDirectory(logs.toString())
                    .addDirectory(logs.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new StartException("the broker's directory " + logs + " cannot be formatted: " + e.getMessage(), e);
        }
    }

    private static Optional<Properties> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return Optional.of(properties);
    }
}
