package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import dev.andon.topology.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

@WithKafka
class TopicCreationIT {
    private static final TopicSettings SETTINGS =
            new TopicSettings(4, 2, (short) 1, Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofHours(2)));

    private final KafkaBroker kafka;
    private final KafkaProbe probe;

    TopicCreationIT(KafkaBroker kafka) {
        this.kafka = kafka;
        this.probe = KafkaProbe.of(kafka);
    }

    @Test
    void createsEveryTopicOnceWithItsPartitionsAndRetention() throws Exception {
        creation("made.").ensure();
        creation("made.").ensure();
        assertThat(partitions("made."))
                .containsEntry("made.rollouts", 4)
                .containsEntry("made.clusters", 4)
                .containsEntry("made.fleet-inputs", 2)
                .containsEntry("made.signals", 2)
                .containsEntry("made.dead-letters", 1)
                .hasSize(11);
        assertThat(config("made.clusters", "cleanup.policy")).isEqualTo("compact");
        assertThat(config("made.dns-errors", "retention.ms")).isEqualTo("3600000");
        assertThat(config("made.signals", "retention.ms")).isEqualTo("7200000");
    }

    @Test
    void namesEveryTopicWithTheWrongNumberOfPartitionsAndWhatToDo() throws Exception {
        probe.createTopic("wrong.rollouts", 3);
        probe.createTopic("wrong.dead-letters", 2);
        assertThatThrownBy(() -> creation("wrong.").ensure())
                .isInstanceOf(StartException.class)
                .hasMessage("topics with the wrong number of partitions: wrong.rollouts has 3 instead of 4,"
                        + " wrong.dead-letters has 2 instead of 1; set kafka.partitions and kafka.fleet.partitions to"
                        + " what is there, delete these topics, or choose another kafka.topic.prefix");
    }

    /** A known topic is not enough: a producer that finds no leader at work loses what it sends at first. */
    @Test
    void returnsWhenTheLeaderOfEveryPartitionIsAtWork() throws Exception {
        creation("led.").ensure();
        ListOffsetsOptions impatient = new ListOffsetsOptions().timeoutMs(5_000);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers(), "retries", 0))) {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            partitions("led.").forEach((topic, count) -> IntStream.range(0, count)
                    .forEach(partition -> all.put(new TopicPartition(topic, partition), OffsetSpec.latest())));
            assertThat(admin.listOffsets(all, impatient).all().get().values()).hasSameSizeAs(all.keySet());
        }
    }

    @Test
    void twoInstancesMayMakeTheTopicsAtTheSameTime() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both =
                    List.of(instances.submit(() -> creation("both.").ensure()), instances.submit(() -> creation("both.")
                            .ensure()));
            for (Future<?> instance : both) instance.get();
        } finally {
            instances.shutdown();
        }
        assertThat(partitions("both.")).hasSize(11).containsEntry("both.rollouts", 4);
    }

    @Test
    void saysThatASettingOfTheClientIsWrong() {
        assertThatThrownBy(() -> new TopicCreation(
                                kafka.bootstrapServers(),
                                Map.of("security.protocol", "TELEPATHY"),
                                Topics.DEFAULT,
                                SETTINGS)
                        .ensure())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("TELEPATHY");
    }

    private TopicCreation creation(String prefix) {
        return new TopicCreation(kafka.bootstrapServers(), Map.of(), new Topics(prefix), SETTINGS);
    }

    private Map<String, Integer> partitions(String prefix) throws ExecutionException, InterruptedException {
        try (Admin admin = probe.admin()) {
            return admin.describeTopics(new Topics(prefix).all()).allTopicNames().get().values().stream()
                    .collect(Collectors.toMap(
                            TopicDescription::name, topic -> topic.partitions().size()));
        }
    }

    private String config(String topic, String key) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = probe.admin()) {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(resource)).all().get();
            return Objects.requireNonNull(configs.get(resource)).get(key).value();
        }
    }
}
