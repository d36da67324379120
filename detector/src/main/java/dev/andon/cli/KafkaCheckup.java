package dev.andon.cli;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ClusterConfig;
import dev.andon.topology.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The broker, the topics, what one may do with them, and how fresh what is in them is. */
final class KafkaCheckup {
    private static final int TIMEOUT_MILLIS = 8_000;
    private static final Duration FRESH = Duration.ofMinutes(2);
    private static final Duration AHEAD = Duration.ofSeconds(10);
    private static final long TAIL = 2_000;
    private static final List<Topic> TELEMETRY = List.of(Topic.APISERVER_LATENCY, Topic.DNS_ERRORS, Topic.MEASUREMENTS);

    private final AndonConfig config;
    private final Map<String, Object> client;
    private final Checkup checkup;
    private final Instant now;

    KafkaCheckup(AndonConfig config, Map<String, Object> client, Checkup checkup, Instant now) {
        this.config = config;
        this.client = new HashMap<>(client);
        this.client.put("request.timeout.ms", TIMEOUT_MILLIS / 2);
        this.client.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        this.checkup = checkup;
        this.now = now;
    }

    /** @return whether Kafka answers and the topics are there, so that more can be looked at */
    boolean look() {
        boolean whole;
        try (Admin admin = Admin.create(client)) {
            var cluster = admin.describeCluster();
            int brokers = cluster.nodes().get().size();
            checkup.ok("broker", brokers + (brokers == 1 ? " broker answers" : " brokers answer"));
            whole = topics(admin);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            checkup.fail(
                    "broker",
                    client.get("bootstrap.servers") + " does not answer: " + cause.getMessage(),
                    config.kafka().embedded()
                            ? "start andon run, whose process has the broker in it"
                            : "check kafka.bootstrap.servers, security.protocol and that the broker runs");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        }
        if (whole) freshness();
        return whole;
    }

    private boolean topics(Admin admin) throws InterruptedException {
        Map<String, Topic> names = new TreeMap<>();
        for (Topic topic : Topic.values()) names.put(config.kafka().topics().of(topic), topic);
        var described = admin.describeTopics(
                        names.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        Set<String> missing = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        Set<String> forbidden = new TreeSet<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one : described.entrySet()) {
            try {
                TopicDescription topic = one.getValue().get();
                Topic known = names.getOrDefault(one.getKey(), Topic.DEAD_LETTERS);
                int partitions = topic.partitions().size();
                if (partitions != expected(known)) wrong.add(one.getKey() + " has " + partitions);
                Set<AclOperation> may = topic.authorizedOperations();
                if (may != null && !may.containsAll(Set.of(AclOperation.READ, AclOperation.WRITE))) {
                    forbidden.add(one.getKey());
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) missing.add(one.getKey());
                else if (e.getCause() instanceof TopicAuthorizationException) forbidden.add(one.getKey());
                else wrong.add(one.getKey() + ": " + e.getCause());
            }
        }
        tell("topics", missing, "missing", "start andon run once, which makes them, or make them by hand");
        tell(
                "partitions",
                wrong,
                "not " + config.kafka().partitions() + " by cluster, "
                        + config.kafka().fleetPartitions() + " by fleet, 1 for dead letters",
                "set kafka.partitions and kafka.fleet.partitions to what is there");
        tell(
                "rights",
                forbidden,
                "not both readable and writable",
                "allow READ and WRITE on them to Andon's principal");
        return missing.isEmpty() && forbidden.isEmpty();
    }

    private int expected(Topic topic) {
        return switch (topic.kind()) {
            case CLUSTER -> config.kafka().partitions();
            case FLEET -> config.kafka().fleetPartitions();
            case SINGLE -> 1;
        };
    }

    private void tell(String what, Set<String> bad, String how, String todo) {
        if (bad.isEmpty()) checkup.ok(what, "as they should be");
        else checkup.fail(what, how + ": " + String.join(", ", bad), todo);
    }

    /** The newest record of each cluster among the last ones of each partition. */
    private void freshness() {
        Map<String, Instant> newest = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Topic topic : TELEMETRY)
                newest(consumer, config.kafka().topics().of(topic), newest);
        }
        Set<String> wanted = new TreeSet<>(newest.keySet());
        config.clusters().stream().map(ClusterConfig::name).forEach(wanted::add);
        if (wanted.isEmpty()) {
            checkup.warn(
                    "telemetry", "no cluster has ever sent a sample", "configure a source: docs/getting-started.md");
        }
        for (String cluster : wanted) {
            Instant seen = newest.get(cluster);
            if (seen == null) {
                checkup.fail("telemetry of " + cluster, "none", "configure a source for it, or look at its errors");
                continue;
            }
            Duration age = Duration.between(seen, now);
            String said = "newest sample " + Quantities.seconds(age.toMillis() / 1e3) + " old";
            if (age.compareTo(FRESH) > 0) {
                checkup.fail("telemetry of " + cluster, said, "see docs/runbook.md#andonclustersilent");
            } else if (age.compareTo(AHEAD.negated()) < 0) {
                checkup.fail(
                        "clock of " + cluster,
                        "newest sample is " + Quantities.seconds(-age.toMillis() / 1e3) + " in the future",
                        "set the clock of its source, or of this machine, with NTP");
            } else {
                checkup.ok("telemetry of " + cluster, said);
            }
        }
    }

    private void newest(KafkaConsumer<byte[], byte[]> consumer, String topic, Map<String, Instant> newest) {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - TAIL)));
        for (int empty = 0; empty < 3; ) {
            var records = consumer.poll(Duration.ofMillis(500));
            empty = records.isEmpty() ? empty + 1 : 0;
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.key() == null) continue;
                String cluster = new String(record.key(), StandardCharsets.UTF_8);
                newest.merge(cluster, Instant.ofEpochMilli(record.timestamp()), (a, b) -> a.isAfter(b) ? a : b);
            }
            boolean done = ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
            if (done) return;
        }
    }
}
