package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerStorageTest {
    @TempDir
    Path data;

    @Test
    void formatsOnceAndKeepsTheClusterId() throws IOException {
        prepare();
        String first = Files.readString(metaProperties());
        prepare();
        assertThat(Files.readString(metaProperties())).isEqualTo(first).contains("cluster.id=");
    }

    @Test
    void formatsAgainAfterACrashBetweenMarkerAndFormat() throws IOException {
        prepare();
        String first = Files.readString(metaProperties());
        Files.delete(metaProperties());
        prepare();
        assertThat(clusterId(Files.readString(metaProperties()))).isEqualTo(clusterId(first));
    }

    @Test
    void refusesADirectoryOfAnotherCluster() throws IOException {
        Files.createDirectories(data.resolve("kafka"));
        Files.writeString(metaProperties(), "version=1\nnode.id=7\ncluster.id=theirs\n");
        assertThatThrownBy(this::prepare)
                .isInstanceOf(StartException.class)
                .hasMessage("the directory " + data.resolve("kafka")
                        + " belongs to another Kafka cluster (cluster.id theirs); choose another data.dir");
    }

    @Test
    void refusesADirectoryOfANewerVersion() throws IOException {
        prepare();
        Path marker = data.resolve("broker.properties");
        Files.writeString(
                marker, Files.readString(marker).replaceFirst("metadata.version=\\d+", "metadata.version=9999"));
        assertThatThrownBy(this::prepare)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("was written by a newer version (metadata.version 9999");
    }

    @Test
    void saysThatTheDirectoryCannotBeWritten() throws IOException {
        Path file = Files.writeString(data.resolve("a-file"), "not a directory");
        assertThatThrownBy(() -> DirectoryLock.take(file.resolve("data")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("the data directory " + file.resolve("data") + " cannot be written");
    }

    private void prepare() {
        new BrokerStorage(data).prepare(BrokerConfig.NODE_ID, BrokerConfig.CONTROLLER);
    }

    private Path metaProperties() {
        return data.resolve("kafka").resolve("meta.properties");
    }

    private static String clusterId(String metaProperties) {
        return metaProperties.replaceFirst("(?s).*(cluster\\.id=\\S+).*", "$1");
    }
}
