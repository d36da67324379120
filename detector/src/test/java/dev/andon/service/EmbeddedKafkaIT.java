package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "kept";

    @TempDir
    Path data;

    @Test
    void keepsCommittedDataOverARestartOnAnotherPort() throws Exception {
        String firstAddress;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(data))) {
            firstAddress = kafka.bootstrapServers();
            KafkaProbe.of(kafka).createTopic(TOPIC, 1);
            KafkaProbe.of(kafka).send(TOPIC, "before the restart");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(data))) {
            KafkaProbe.of(kafka).send(TOPIC, "after the restart");
            assertThat(kafka.bootstrapServers()).isNotEqualTo(firstAddress);
            assertThat(KafkaProbe.of(kafka).values(TOPIC, 2))
                    .containsExactly("before the restart", "after the restart");
            assertThat(kafka.fault()).isEmpty();
        }
    }

    @Test
    void namesTheProcessThatHoldsTheDataDirectory() {
        EmbeddedKafka.Settings settings = EmbeddedKafka.Settings.in(data);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(settings)) {
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedKafka.start(settings))
                    .isInstanceOf(StartException.class)
                    .hasMessage("the data directory " + data + " is in use by another process (process "
                            + ProcessHandle.current().pid() + "); stop that process or choose another data.dir");
        }
    }

    @Test
    void saysWhichPortIsTakenAndStartsOnceItIsFree() throws IOException {
        int port;
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = holder.getLocalPort();
            EmbeddedKafka.Settings settings = EmbeddedKafka.Settings.in(data).withPort(port);
            assertThatThrownBy(() -> EmbeddedKafka.start(settings))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("port " + port + " on 127.0.0.1 is taken");
        }
        try (EmbeddedKafka kafka =
                EmbeddedKafka.start(EmbeddedKafka.Settings.in(data).withPort(port))) {
            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        }
    }

    @Test
    void refusesASettingThatKafkaRefusesAndSurvives() {
        EmbeddedKafka.Settings settings =
                new EmbeddedKafka.Settings(data, "127.0.0.1", 0, Map.of("num.io.threads", "none"));
        assertThatThrownBy(() -> EmbeddedKafka.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("num.io.threads");
    }
}
