package dev.andon.service;

import dev.andon.topology.Topic;
import dev.andon.topology.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics with the partition counts that the detector needs. A topic of another count would spread a cluster's
 * streams over different tasks and is refused.
 */
public final class TopicCreation {
    private static final int REQUEST_MILLIS = 7_500;
    private static final int MOST_LOOKS = 100;
    private static final long MILLIS_BETWEEN_LOOKS = 100;

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
     * Creates what is missing and checks what is there. Several instances may do so at the same time.
     *
     * @throws StartException when Kafka does not answer or a topic has the wrong number of partitions
     */
    public void ensure() {
        Map<String, Object> config = new HashMap<>(clients);
        config.put("bootstrap.servers", bootstrapServers);
        int requestMillis =
                Integer.parseInt(clients.getOrDefault("request.timeout.ms", Integer.toString(REQUEST_MILLIS)));
        config.put("request.timeout.ms", requestMillis);
        config.put("default.api.timeout.ms", 2 * requestMillis);
        try (Admin admin = Admin.create(config)) {
            create(admin, missing(admin));
            requirePartitions(admin);
        } catch (ExecutionException | KafkaException e) {
            throw KafkaErrors.explain(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while creating topics on " + bootstrapServers, e);
        }
    }

    private List<Topic> missing(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> found =
                admin.describeTopics(topics.all()).topicNameValues();
        List<Topic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (description(found, topic).isEmpty()) {
                missing.add(topic);
            }
        }
        return missing;
    }

    private void create(Admin admin, List<Topic> missing) throws ExecutionException, InterruptedException {
        List<NewTopic> wanted = missing.stream().map(this::newTopic).toList();
        for (KafkaFuture<Void> created : admin.createTopics(wanted).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                // Another instance was faster; whether it wanted the same is checked next.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private NewTopic newTopic(Topic topic) {
        Optional<Short> replicas =
                settings.replicationFactor() == -1 ? Optional.empty() : Optional.of(settings.replicationFactor());
        return new NewTopic(topics.of(topic), Optional.of(settings.partitionsOf(topic)), replicas)
                .configs(settings.configOf(topic));
    }

    private void requirePartitions(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> found = describeAll(admin);
        List<String> wrong = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            int wanted = settings.partitionsOf(topic);
            description(found, topic)
                    .map(description -> description.partitions().size())
                    .filter(count -> count != wanted)
                    .ifPresent(count -> wrong.add(topics.of(topic) + " has " + count + " instead of " + wanted));
        }
        if (!wrong.isEmpty()) {
            throw new StartException("topics with the wrong number of partitions: " + String.join(", ", wrong)
                    + "; set kafka.partitions and kafka.fleet.partitions to what is there, delete these topics,"
                    + " or choose another kafka.topic.prefix");
        }
    }

    /** A topic that was just made is not known to every broker at once; looks again until all are. */
    private Map<String, KafkaFuture<TopicDescription>> describeAll(Admin admin)
            throws ExecutionException, InterruptedException {
        for (int look = 1; ; look++) {
            Map<String, KafkaFuture<TopicDescription>> found =
                    admin.describeTopics(topics.all()).topicNameValues();
            Optional<Topic> unknown = Optional.empty();
            for (Topic topic : Topic.values()) {
                if (description(found, topic).isEmpty()) {
                    unknown = Optional.of(topic);
                }
            }
            if (unknown.isEmpty()) {
                return found;
            }
            if (look == MOST_LOOKS) {
                throw new StartException("the topic " + topics.of(unknown.get()) + " was made on " + bootstrapServers
                        + " but cannot be seen there; check the health of that Kafka");
            }
            // There is nothing to wait on: brokers do not tell.
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private Optional<TopicDescription> description(Map<String, KafkaFuture<TopicDescription>> found, Topic topic)
            throws ExecutionException, InterruptedException {
        KafkaFuture<TopicDescription> future = found.get(topics.of(topic));
        if (future == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(future.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
