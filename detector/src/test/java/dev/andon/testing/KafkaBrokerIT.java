package dev.andon.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every other Kafka test relies on, whichever broker it runs against: topics, transactions, committed reads. */
@WithKafka
@Timeout(60)
final class KafkaBrokerIT {
    private final KafkaBroker broker;
    private final String topic = "broker-" + UUID.randomUUID();

    KafkaBrokerIT(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(clientConfig())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    @Test
    void delivesCommittedRecordsInOrder() {
        try (var producer = transactionalProducer()) {
            producer.beginTransaction();
            send(producer, "first");
            send(producer, "second");
            producer.commitTransaction();
        }
        assertThat(committedValues()).containsExactly("first", "second");
    }

    @Test
    void hidesAnAbortedTransactionFromReadersOfCommittedRecords() {
        abortATransactionAndCommitAnother();
        assertThat(committedValues()).containsExactly("happened");
    }

    @Test
    @RequiresTool("kcat")
    void isReadByAClientThatIsNotJava() throws IOException, InterruptedException {
        abortATransactionAndCommitAnother();
        Process kcat = new ProcessBuilder("kcat", "-C", "-e", "-q", "-b", broker.bootstrapServers(), "-t", topic)
                .redirectErrorStream(true)
                .start();
        String output = new String(kcat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kcat.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("happened\n");
    }

    private void abortATransactionAndCommitAnother() {
        try (var producer = transactionalProducer()) {
            producer.beginTransaction();
            send(producer, "never happened");
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "happened");
            producer.commitTransaction();
        }
    }

    private KafkaProducer<String, String> transactionalProducer() {
        var config = clientConfig();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
        var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    private void send(KafkaProducer<String, String> producer, String value) {
        // What goes wrong with a record comes out at the commit of its transaction.
        var unused = producer.send(new ProducerRecord<>(topic, "prod-west-3", value));
    }

    private List<String> committedValues() {
        var config = clientConfig();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private Map<String, Object> clientConfig() {
        var config = new HashMap<String, Object>();
        config.put("bootstrap.servers", broker.bootstrapServers());
        return config;
    }
}
