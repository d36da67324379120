package dev.andon.connect.scrape;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Checks and reads a list of targets.
 *
 * @param kind what answers at them
 */
record TargetList(Target.Kind kind) implements ConfigDef.Validator {
    /** Reports every entry that is wrong, not only the first. */
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (!(value instanceof List<?> entries)) {
            return;
        }
        var problems = new ArrayList<String>();
        for (Object entry : entries) {
            try {
                TargetSyntax.parse(kind, String.valueOf(entry));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(name + ": " + String.join("; ", problems));
        }
    }

    List<Target> parse(List<String> entries) {
        return entries.stream().map(entry -> TargetSyntax.parse(kind, entry)).toList();
    }

    @Override
    public String toString() {
        return "cluster=URL or cluster/instance=URL";
    }
}
