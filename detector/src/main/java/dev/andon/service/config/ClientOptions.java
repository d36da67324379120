package dev.andon.service.config;

import dev.andon.service.config.Reading.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The properties under {@code kafka} that are not Andon's: those that every Kafka client knows (security, time-outs),
 * checked by Kafka's own definition.
 */
final class ClientOptions {
    /** Set by Andon itself for each client. */
    private static final Set<String> OURS = Set.of("client.id", "bootstrap.servers", "metric.reporters");

    private static final Set<String> KNOWN = known();

    private ClientOptions() {}

    private static Set<String> known() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.retainAll(ProducerConfig.configNames());
        names.retainAll(ConsumerConfig.configNames());
        names.removeAll(OURS);
        return names;
    }

    /** Reads whatever is left of the section. */
    static ClientProperties read(Section section) {
        Set<String> candidates = new TreeSet<>(KNOWN);
        candidates.addAll(section.known());
        Map<String, Text> texts = new HashMap<>();
        for (Text text : section.rest()) {
            String key = section.keyOf(text);
            if (KNOWN.contains(key)) {
                texts.put(key, text);
            } else {
                reportUnknown(section, key, candidates);
            }
        }
        checkValues(section.reading(), texts);
        return ClientProperties.of(texts);
    }

    private static void reportUnknown(Section section, String key, Set<String> candidates) {
        String fix = NearestName.of(key, candidates)
                .map(name -> "did you mean " + name + "?")
                .orElse("remove it; Andon's keys and the properties that all Kafka clients share are known here");
        section.reading().report(section.path(key), "", "there is no such key", fix);
    }

    private static void checkValues(Reading reading, Map<String, Text> texts) {
        Map<String, String> properties = new HashMap<>();
        properties.put("bootstrap.servers", "checked:1");
        texts.forEach((key, text) -> properties.put(key, text.value()));
        ConfigDef definition = AdminClientConfig.configDef();
        for (ConfigValue checked : definition.validate(properties)) {
            Text text = texts.get(checked.name());
            if (text != null && !checked.errorMessages().isEmpty()) {
                boolean hidden = text.secret() || isPassword(definition, checked.name());
                reading.report(
                        text.place(),
                        text.path(),
                        hidden ? ConfigProblem.HIDDEN : ConfigProblem.quoted(text.raw()),
                        // Kafka's own message repeats the value.
                        hidden
                                ? "Kafka refuses this value"
                                : checked.errorMessages().get(0),
                        "see the property of this name in Kafka's documentation");
            }
        }
    }

    private static boolean isPassword(ConfigDef definition, String name) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        return key != null && key.type() == ConfigDef.Type.PASSWORD;
    }
}
