package dev.andon.connect.remotewrite;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Checks a list of rules and reports every one that is wrong, not only the first. */
final class MeasurementRules implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (!(value instanceof List<?> rules)) {
            return;
        }
        var problems = new ArrayList<String>();
        for (Object rule : rules) {
            try {
                MeasurementRule.parse(String.valueOf(rule));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(name + ": " + String.join("; ", problems));
        }
    }

    @Override
    public String toString() {
        return MeasurementRule.SYNTAX;
    }
}
