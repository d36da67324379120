package dev.andon.connect.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Checks and reads which environment is which cluster. */
final class EnvironmentClusters implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value instanceof List<?> entries) {
            for (Object entry : entries) {
                String text = String.valueOf(entry);
                int equals = text.indexOf('=');
                if (equals <= 0 || equals == text.length() - 1) {
                    throw new ConfigException(name, text, "write environment=cluster");
                }
            }
        }
    }

    static Map<String, String> parse(List<String> entries) {
        var clusters = new LinkedHashMap<String, String>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            clusters.put(
                    entry.substring(0, equals).trim(),
                    entry.substring(equals + 1).trim());
        }
        return clusters;
    }

    @Override
    public String toString() {
        return "environment=cluster";
    }
}
