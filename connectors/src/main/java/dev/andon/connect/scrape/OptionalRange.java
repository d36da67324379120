package dev.andon.connect.scrape;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A range for an option that may be left out.
 *
 * @param min smallest value allowed
 * @param max largest value allowed
 */
record OptionalRange(long min, long max) implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value instanceof Number number && (number.longValue() < min || number.longValue() > max)) {
            throw new ConfigException(name, value, "must be between " + min + " and " + max);
        }
    }

    @Override
    public String toString() {
        return "[" + min + ",...," + max + "] or none";
    }
}
