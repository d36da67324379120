package dev.andon.connect.reference;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Writes the options of a connector as Markdown, in the order in which they are declared. */
final class OptionsMarkdown {
    private OptionsMarkdown() {}

    static String of(ConfigDef options) {
        var groups = new LinkedHashMap<String, String>();
        for (ConfigKey option : inOrder(options)) {
            groups.merge(option.group, section(option), String::concat);
        }
        return groups.entrySet().stream()
                .map(group -> "### " + group.getKey() + "\n\n" + group.getValue())
                .collect(Collectors.joining());
    }

    /** Groups in the order of their first declaration; the definition keeps it only within a group. */
    private static Collection<ConfigKey> inOrder(ConfigDef options) {
        Map<String, ConfigKey> keys = options.configKeys();
        List<String> groups = options.groups();
        return keys.values().stream()
                .sorted(Comparator.<ConfigKey>comparingInt(key -> groups.indexOf(key.group))
                        .thenComparingInt(key -> key.orderInGroup))
                .toList();
    }

    private static String section(ConfigKey option) {
        return "#### `" + option.name + "`\n\n" + option.documentation + "\n\n"
                + "* type: " + lower(option.type) + "\n"
                + "* default: " + defaultOf(option) + "\n"
                + (option.validator == null ? "" : "* allowed: " + option.validator + "\n")
                + "* importance: " + lower(option.importance) + "\n\n";
    }

    private static String defaultOf(ConfigKey option) {
        if (!option.hasDefault()) {
            return "none, must be given";
        }
        String value = ConfigDef.convertToString(option.defaultValue, option.type);
        return value == null || value.isEmpty() ? "none" : "`" + value + "`";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
