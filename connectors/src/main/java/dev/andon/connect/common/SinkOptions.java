package dev.andon.connect.common;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.schema.Action;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidList;

/** The options that every sink of signals has, and the rules between them. */
public final class SinkOptions {
    public static final String ACTIONS = "actions";
    public static final String SEND_OBSERVED = "send.observed";
    public static final String CONNECT_TIMEOUT_MS = "connect.timeout.ms";
    public static final String REQUEST_TIMEOUT_MS = "request.timeout.ms";
    public static final String DELIVERY_TIMEOUT_MS = "delivery.timeout.ms";
    public static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
    public static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";
    public static final String DELIVERIES_TOPIC = "deliveries.topic";
    public static final String DELIVERIES_PRODUCER_PREFIX = "deliveries.producer.";
    public static final String DELIVERIES_SERVERS =
            DELIVERIES_PRODUCER_PREFIX + ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;

    private static final List<String> ALL_ACTIONS = Stream.of(Action.HALT, Action.HOLD, Action.CLEAR, Action.ALARM)
            .map(Enum::name)
            .toList();

    private SinkOptions() {}

    /** Adds the options to those of one kind of sink. */
    public static ConfigDef addTo(ConfigDef options) {
        ConfigTable table = new ConfigTable(options);
        addSelection(table.group("Which signals"));
        addTiming(table.group("Timing"));
        addDeliveries(table.group("Record of deliveries"));
        return options;
    }

    private static void addSelection(ConfigTable table) {
        table.option(ACTIONS, ConfigDef.Type.LIST, ALL_ACTIONS, ValidList.in(ALL_ACTIONS.toArray(String[]::new)), HIGH)
                .doc("Actions whose signals are sent, the others are passed over. `HALT,CLEAR` suits a CD system that"
                        + " only stops and resumes; a pager wants `HALT,ALARM,CLEAR`.");
        table.option(SEND_OBSERVED, ConfigDef.Type.BOOLEAN, false, null, MEDIUM)
                .doc("Whether signals of observe mode are sent too, marked \"mode\":\"OBSERVE\". With false they are"
                        + " recorded as SUPPRESSED: what would have been halted can be read without halting anything.");
    }

    private static void addTiming(ConfigTable table) {
        table.option(CONNECT_TIMEOUT_MS, ConfigDef.Type.LONG, 3_000L, Range.between(1, 60_000), LOW)
                .doc("Longest time to open a connection. With 3000 a receiver that is down costs 3 s per attempt.");
        table.option(REQUEST_TIMEOUT_MS, ConfigDef.Type.LONG, 10_000L, Range.between(1, 120_000), MEDIUM)
                .doc("Longest time for one attempt, connecting included. With 10000 a receiver that accepts and stays"
                        + " silent is tried again after 10 s and the backoff.");
        table.option(DELIVERY_TIMEOUT_MS, ConfigDef.Type.LONG, 300_000L, Range.between(1, 86_400_000), HIGH)
                .doc("How long a signal is tried, from its first attempt on. With 300000 and the default backoff there"
                        + " are 15 attempts in 5 minutes, if each fails at once, before it is given up and goes to the"
                        + " dead letter topic. Signals behind it wait as long: they are delivered in order.");
        table.option(RETRY_BACKOFF_MS, ConfigDef.Type.LONG, 1_000L, Range.between(1, 3_600_000), LOW)
                .doc("Wait after the first failed attempt; it doubles with each further one. With 1000: 1 s, 2 s,"
                        + " 4 s, 8 s, 16 s, then the maximum. A Retry-After header in the answer takes its place, but"
                        + " the last attempt is made when the delivery timeout ends.");
        table.option(RETRY_BACKOFF_MAX_MS, ConfigDef.Type.LONG, 30_000L, Range.between(1, 3_600_000), LOW)
                .doc("The wait between attempts grows up to this. With 30000 a receiver that comes back is found within"
                        + " 30 s.");
    }

    private static void addDeliveries(ConfigTable table) {
        table.option(DELIVERIES_TOPIC, ConfigDef.Type.STRING, "", null, MEDIUM)
                .doc("Topic in which every attempt is recorded, usually `andon.deliveries`. When empty nothing is"
                        + " recorded, and Andon cannot tell whether a halt was delivered.");
        table.option(DELIVERIES_SERVERS, ConfigDef.Type.STRING, "", null, MEDIUM)
                .doc("Brokers of that topic, such as `kafka-1:9092,kafka-2:9092`; needed when the topic is set. Any"
                        + " other setting of a Kafka producer may follow the prefix `deliveries.producer.`.");
    }

    /** Reads the options; the connector's name and `errors.tolerance` are those of the framework. */
    public static SinkSettings settings(AbstractConfig config) {
        Map<String, Object> all = config.originals();
        return new SinkSettings(
                String.valueOf(all.getOrDefault("name", "unnamed")),
                config.getList(ACTIONS).stream().map(Action::valueOf).collect(Collectors.toSet()),
                config.getBoolean(SEND_OBSERVED),
                Duration.ofMillis(config.getLong(DELIVERY_TIMEOUT_MS)),
                Duration.ofMillis(config.getLong(RETRY_BACKOFF_MS)),
                Duration.ofMillis(config.getLong(RETRY_BACKOFF_MAX_MS)),
                "all".equals(all.get("errors.tolerance")),
                config.getString(DELIVERIES_TOPIC).strip(),
                config.originalsWithPrefix(DELIVERIES_PRODUCER_PREFIX));
    }

    /** What is wrong between options that are each right, by the option to correct. Empty when all is well. */
    public static Map<String, String> problems(AbstractConfig config) {
        Map<String, String> problems = new LinkedHashMap<>();
        notAbove(config, CONNECT_TIMEOUT_MS, REQUEST_TIMEOUT_MS, problems);
        notAbove(config, REQUEST_TIMEOUT_MS, DELIVERY_TIMEOUT_MS, problems);
        notAbove(config, RETRY_BACKOFF_MS, RETRY_BACKOFF_MAX_MS, problems);
        boolean hasTopic = !config.getString(DELIVERIES_TOPIC).isBlank();
        boolean hasServers = !config.getString(DELIVERIES_SERVERS).isBlank();
        if (hasTopic && !hasServers) {
            problems.put(DELIVERIES_SERVERS, "is empty, but " + DELIVERIES_TOPIC + " is set: set both or neither");
        } else if (hasServers && !hasTopic) {
            problems.put(DELIVERIES_TOPIC, "is empty, but " + DELIVERIES_SERVERS + " is set: set both or neither");
        }
        Object converter = config.originals().get("value.converter");
        if (converter != null && !converter.toString().endsWith("ByteArrayConverter")) {
            problems.put(
                    "value.converter",
                    "is " + converter + " but signals are read as bytes: set it to"
                            + " org.apache.kafka.connect.converters.ByteArrayConverter");
        }
        return problems;
    }

    private static void notAbove(AbstractConfig config, String lower, String upper, Map<String, String> problems) {
        if (config.getLong(lower) > config.getLong(upper)) {
            problems.put(
                    lower,
                    "is " + config.getLong(lower) + ", more than " + upper + " (" + config.getLong(upper)
                            + "): lower it or raise the other");
        }
    }
}
