package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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
            createTopic(firstAddress);
            produce(firstAddress, "before the restart");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(data))) {
            produce(kafka.bootstrapServers(), "after the restart");
            assertThat(kafka.bootstrapServers()).isNotEqualTo(firstAddress);
            assertThat(readAll(kafka.bootstrapServers(), 2)).containsExactly("before the restart", "after the restart");
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

    private static void createTopic(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void produce(String bootstrapServers, String value) {
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("transactional.id", "test");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(TOPIC, value));
            producer.commitTransaction();
            assertThat(sent).isDone();
        }
    }

    private static List<String> readAll(String bootstrapServers, int count) {
        Properties config = new Properties();
        config.put("bootstrap.servers", bootstrapServers);
        config.put("group.id", "test");
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            for (int polls = 0; values.size() < count && polls < 50; polls++) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
