package dev.andon.connect.common;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The options of sinks that halt: where they learn which workload a rollout is. */
public final class RolloutOptions {
    public static final String TOPIC = "rollouts.topic";
    public static final String CONSUMER_PREFIX = "rollouts.consumer.";
    public static final String SERVERS = CONSUMER_PREFIX + ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
    public static final String LOOKBACK_MS = "rollouts.lookback.ms";

    private RolloutOptions() {}

    /** Adds the options to those of one kind of sink. */
    public static void addTo(ConfigTable table) {
        table.group("Rollouts");
        table.option(TOPIC, ConfigDef.Type.STRING, "andon.rollouts", new NonEmptyString(), LOW)
                .doc(
                        "Topic of rollout events: a signal names a rollout, its events name the workload and the cluster.");
        table.option(SERVERS, ConfigDef.Type.STRING, NO_DEFAULT_VALUE, new NonEmptyString(), HIGH)
                .doc("Brokers of that topic, such as `kafka-1:9092,kafka-2:9092`. Any other setting of a Kafka consumer"
                        + " may follow the prefix `rollouts.consumer.`.");
        table.option(LOOKBACK_MS, ConfigDef.Type.LONG, 86_400_000L, Range.between(60_000, 2_592_000_000L), LOW)
                .doc("How far back the topic is read at the start. With 86400000 (a day) a rollout that said nothing"
                        + " for a day cannot be halted.");
    }

    /** What comes of a signal whose rollout no event has named yet. */
    public static Outcome unread(String rolloutId) {
        return Outcome.notYet(
                Outcome.Reason.UNSENDABLE,
                "no event of rollout " + rolloutId + " has been read, so nobody knows what to halt; check " + TOPIC
                        + " and " + LOOKBACK_MS);
    }

    /** Begins to read. */
    public static RolloutDirectory open(AbstractConfig config, Clock clock) {
        return new KafkaRolloutDirectory(
                config.getString(TOPIC),
                Duration.ofMillis(config.getLong(LOOKBACK_MS)),
                config.originalsWithPrefix(CONSUMER_PREFIX),
                clock);
    }
}
