package dev.andon.connect.scrape;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Checks that the name of each file says how to read it. */
final class TargetFileNames implements ConfigDef.Validator {
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (!(value instanceof List<?> files)) {
            return;
        }
        for (Object file : files) {
            if (!usable(String.valueOf(file))) {
                throw new ConfigException(name, file, "must end in .json, .yml or .yaml");
            }
        }
    }

    private static boolean usable(String file) {
        try {
            return TargetFile.knowsFormat(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "files ending in .json, .yml or .yaml";
    }
}
