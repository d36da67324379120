package dev.andon.service.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Properties in Kafka's own names. Some are secret and nobody knows which, so only the names are ever printed.
 *
 * @param values by name
 * @param secret names of those whose values came from the environment or a file
 */
public record ClientProperties(Map<String, String> values, Set<String> secret) {
    public ClientProperties {
        values = Map.copyOf(values);
        secret = Set.copyOf(secret);
    }

    static ClientProperties of(Map<String, Reading.Text> texts) {
        Map<String, String> values = new HashMap<>();
        Set<String> secret = new HashSet<>();
        texts.forEach((name, text) -> {
            values.put(name, text.value());
            if (text.secret()) {
                secret.add(name);
            }
        });
        return new ClientProperties(values, secret);
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
