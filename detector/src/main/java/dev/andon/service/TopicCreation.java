package dev.andon.service;

import dev.andon.topology.Topic;
import dev.andon.topology.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Makes the topics with the partition counts that the detector needs. A topic of another count would spread a cluster's
 * streams over different tasks and is refused.
 */
public final class TopicCreation {
    private static final int REQUEST_MILLIS = 7_500;

    private final String bootstrapServers;
    private final Map<String, String> clients;
    private final Topics topics;
    private final TopicSettings settings;

    /**
     * Nothing is asked of Kafka before {@link #ensure}.
     *
     * @param clients security and other properties of the admin client
     */
    public TopicCreation(String bootstrapServers, Map<String, String> clients, Topics topics, TopicSettings settings) {
        this.bootstrapServers = bootstrapServers;
        this.clients = Map.copyOf(clients);
        this.topics = topics;
        this.settings = settings;
    }

    /**
     * Creates what is missing, checks what is there, and returns when all of it takes records. Several instances may do
     * so at the same time.
     *
     * @throws StartException when Kafka does not answer or a topic has the wrong number of partitions
     */
    public void ensure() {
        try (Admin admin = Admin.create(client())) {
            Map<Topic, Integer> partitions = existing(admin, List.of(Topic.values()));
            partitions.putAll(create(admin, missing(partitions)));
            partitions.putAll(madeByOthers(admin, missing(partitions)));
            requirePartitions(partitions);
            awaitLeaders(partitions);
        } catch (ExecutionException | KafkaException e) {
            throw KafkaErrors.explain(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while creating topics on " + bootstrapServers, e);
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> config = new HashMap<>(clients);
        config.put("bootstrap.servers", bootstrapServers);
        int requestMillis =
                Integer.parseInt(clients.getOrDefault("request.timeout.ms", Integer.toString(REQUEST_MILLIS)));
        config.put("request.timeout.ms", requestMillis);
        config.put("default.api.timeout.ms", 2 * requestMillis);
        return config;
    }

    /** Returns the partition counts of those of the topics that are there. */
    private Map<Topic, Integer> existing(Admin admin, List<Topic> asked)
            throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> found =
                admin.describeTopics(asked.stream().map(topics::of).toList()).topicNameValues();
        Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
        for (Topic topic : asked) {
            try {
                partitions.put(topic, answer(found, topic).get().partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) throw e;
            }
        }
        return partitions;
    }

    private static List<Topic> missing(Map<Topic, Integer> partitions) {
        return Arrays.stream(Topic.values())
                .filter(topic -> !partitions.containsKey(topic))
                .toList();
    }

    /** Returns those that it made; what is still missing then was made by another instance in the meantime. */
    private Map<Topic, Integer> create(Admin admin, List<Topic> wanted)
            throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<Void>> asked =
                admin.createTopics(wanted.stream().map(this::newTopic).toList()).values();
        Map<Topic, Integer> made = new EnumMap<>(Topic.class);
        for (Topic topic : wanted) {
            try {
                answer(asked, topic).get();
                made.put(topic, settings.partitionsOf(topic));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) throw e;
            }
        }
        return made;
    }

    private Map<Topic, Integer> madeByOthers(Admin admin, List<Topic> raced)
            throws ExecutionException, InterruptedException {
        if (raced.isEmpty()) return Map.of();
        Map<Topic, Integer> first = new EnumMap<>(Topic.class);
        raced.forEach(topic -> first.put(topic, 1));
        awaitLeaders(first);
        Map<Topic, Integer> partitions = existing(admin, raced);
        for (Topic topic : raced) {
            if (!partitions.containsKey(topic)) {
                throw new StartException("the topic " + topics.of(topic) + " is just being made on " + bootstrapServers
                        + " by another instance; start again");
            }
        }
        return partitions;
    }

    /**
     * A topic is known some time before the broker that leads it takes records. A producer that is quicker can lose some: its
     * first batch is refused and tried again, the second is taken, and then the first is out of order for good. Offsets
     * are answered by the leader only, and a consumer, unlike the admin client, asks again until it does.
     */
    private void awaitLeaders(Map<Topic, Integer> partitions) {
        List<TopicPartition> all = new ArrayList<>();
        partitions.forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                all.add(new TopicPartition(topics.of(topic), partition));
            }
        });
        Map<String, Object> config = client();
        config.put("allow.auto.create.topics", false);
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.endOffsets(all);
        } catch (TimeoutException e) {
            throw new StartException(
                    "not every partition of the topics " + topics.prefix() + "* on " + bootstrapServers
                            + " has a leader that answers; check the health of that Kafka",
                    e);
        }
    }

    private NewTopic newTopic(Topic topic) {
        Optional<Short> replicas =
                settings.replicationFactor() == -1 ? Optional.empty() : Optional.of(settings.replicationFactor());
        return new NewTopic(topics.of(topic), Optional.of(settings.partitionsOf(topic)), replicas)
                .configs(settings.configOf(topic));
    }

    private void requirePartitions(Map<Topic, Integer> partitions) {
        List<String> wrong = new ArrayList<>();
        partitions.forEach((topic, count) -> {
            int wanted = settings.partitionsOf(topic);
            if (count != wanted) wrong.add(topics.of(topic) + " has " + count + " instead of " + wanted);
        });
        if (!wrong.isEmpty()) {
            throw new StartException("topics with the wrong number of partitions: " + String.join(", ", wrong)
                    + "; set kafka.partitions and kafka.fleet.partitions to what is there, delete these topics,"
                    + " or choose another kafka.topic.prefix");
        }
    }

    /** The client answers for every topic that it was asked about. */
    private <T> KafkaFuture<T> answer(Map<String, KafkaFuture<T>> answers, Topic topic) {
        return Objects.requireNonNull(answers.get(topics.of(topic)));
    }
}
