package dev.andon.connect.common;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.schema.Action;
import dev.andon.schema.DeliveryStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The options that every sink of signals has, and the rules between them. */
public final class SinkOptions {
    public static final String ACTIONS = "actions";
    public static final String SEND_OBSERVED = "send.observed";
    public static final String CONNECT_TIMEOUT_MS = "connect.timeout.ms";
    public static final String REQUEST_TIMEOUT_MS = "request.timeout.ms";
    public static final String DELIVERY_TIMEOUT_MS = "delivery.timeout.ms";
    public static final String RETRY_BACKOFF_MS = "retry.backoff.ms";
    public static final String RETRY_BACKOFF_MAX_MS = "retry.backoff.max.ms";
    public static final String ESCALATE_SINK = "escalate.after.sink";
    public static final String ESCALATE_STATUS = "escalate.after.status";
    public static final String ESCALATE_MS = "escalate.after.ms";
    public static final String DELIVERIES_TOPIC = "deliveries.topic";
    public static final String DELIVERIES_PRODUCER_PREFIX = "deliveries.producer.";
    public static final String DELIVERIES_SERVERS =
            DELIVERIES_PRODUCER_PREFIX + ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;

    private static final List<String> ALL_ACTIONS = Stream.of(Action.HALT, Action.HOLD, Action.CLEAR, Action.ALARM)
            .map(Enum::name)
            .toList();

    private static final String[] LEVELS = {"SENT", "ACKNOWLEDGED", "VERIFIED"};

    private SinkOptions() {}

    /**
     * Reads a configuration and checks what every sink has.
     *
     * @throws ConfigException naming every option that does not fit another
     */
    public static AbstractConfig parse(ConfigDef options, Map<String, String> props) {
        AbstractConfig config = new AbstractConfig(options, props, false);
        Map<String, String> problems = problems(config);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.entrySet().stream()
                    .map(problem -> problem.getKey() + " " + problem.getValue())
                    .collect(Collectors.joining("; ")));
        }
        return config;
    }

    /** The value of a secret option; empty when it is not set. */
    public static String secret(AbstractConfig config, String name) {
        Password password = config.getPassword(name);
        return password == null ? "" : password.value();
    }

    /** Adds the options to those of one kind of sink. */
    public static ConfigDef addTo(ConfigDef options) {
        ConfigTable table = new ConfigTable(options);
        addSelection(table.group("Which signals"));
        addTiming(table.group("Timing"));
        addEscalation(table.group("Escalation"));
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
        table.option(DELIVERY_TIMEOUT_MS, ConfigDef.Type.LONG, 7_200_000L, Range.between(1, 86_400_000), HIGH)
                .doc("How long a signal is tried, from its first failed attempt on. With 7200000 a receiver that comes"
                        + " back after an hour still gets what stands then; after 2 hours it is given up and goes to the"
                        + " dead letter topic. A signal that expires or is superseded meanwhile is dropped.");
        table.option(RETRY_BACKOFF_MS, ConfigDef.Type.LONG, 1_000L, Range.between(1, 3_600_000), LOW)
                .doc("Wait after the first failed attempt; it doubles with each further one. With 1000: 1 s, 2 s,"
                        + " 4 s, 8 s, 16 s, then the maximum. A Retry-After header in the answer takes its place, but"
                        + " the last attempt is made when the delivery timeout ends.");
        table.option(RETRY_BACKOFF_MAX_MS, ConfigDef.Type.LONG, 30_000L, Range.between(1, 3_600_000), LOW)
                .doc("The wait between attempts grows up to this. With 30000 a receiver that comes back is found within"
                        + " 30 s.");
    }

    private static void addEscalation(ConfigTable table) {
        table.option(ESCALATE_SINK, ConfigDef.Type.STRING, "", null, MEDIUM)
                .doc("Name of the connector that this one stands in for: a signal is sent only when that one has given"
                        + " up, or has not come far enough in time. Several such connectors make a chain. Needs"
                        + " `andon.deliveries` among the topics and `tasks.max` 1. When empty signals are sent at"
                        + " once.");
        table.option(ESCALATE_STATUS, ConfigDef.Type.STRING, "ACKNOWLEDGED", ValidString.in(LEVELS), MEDIUM)
                .doc("How far that connector must have come: SENT (the receiver took the request), ACKNOWLEDGED"
                        + " (somebody acts) or VERIFIED (the rollout was seen to stand still). With VERIFIED after a"
                        + " sink that halts, a halt that did not take is paged.");
        table.option(ESCALATE_MS, ConfigDef.Type.LONG, 12_000L, Range.between(1, 86_400_000), MEDIUM)
                .doc("Time that it has for that. With 12000 and VERIFIED a halt that is not seen to have taken within"
                        + " 12 s is paged; for a person who must acknowledge, 300000 (5 minutes) is usual.");
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
                escalation(config),
                config.getString(DELIVERIES_TOPIC).strip(),
                config.originalsWithPrefix(DELIVERIES_PRODUCER_PREFIX));
    }

    private static Optional<EscalationSettings> escalation(AbstractConfig config) {
        String sink = config.getString(ESCALATE_SINK).strip();
        return sink.isEmpty()
                ? Optional.empty()
                : Optional.of(new EscalationSettings(
                        sink,
                        DeliveryStatus.valueOf(config.getString(ESCALATE_STATUS)),
                        Duration.ofMillis(config.getLong(ESCALATE_MS))));
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
        Object tasks = config.originals().get("tasks.max");
        if (!config.getString(ESCALATE_SINK).isBlank()
                && tasks != null
                && !"1".equals(tasks.toString().strip())) {
            problems.put(
                    ESCALATE_SINK,
                    "is set, but tasks.max is " + tasks + ": only a single task sees both a signal and what became of"
                            + " it, set it to 1");
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
