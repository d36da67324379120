package dev.andon.service.config;

import java.util.Map;
import java.util.TreeMap;

/**
 * Properties in Kafka's own names. Some are secret and nobody knows which, so only the names are ever printed.
 *
 * @param values by name
 */
public record ClientProperties(Map<String, String> values) {
    public static final ClientProperties NONE = new ClientProperties(Map.of());

    public ClientProperties {
        values = Map.copyOf(values);
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
