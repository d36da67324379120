package dev.andon.service.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** From the text of a file to the configuration, or to everything that is wrong with it. */
final class ConfigFile {
    private ConfigFile() {}

    static AndonConfig load(Path file, Function<String, Optional<String>> environment) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "the file does not exist", "give its path with --config");
        } catch (IOException e) {
            throw unreadable(
                    file,
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                    "check that it is a text file in UTF-8 and that this user may read it");
        }
        return parse(file.toString(), text, environment);
    }

    static AndonConfig parse(String name, String yaml, Function<String, Optional<String>> environment) {
        Reading reading = new Reading(new Substitution(environment));
        Optional<YamlNode.Mapping> top = YamlReader.read(yaml, reading.problems());
        if (top.isEmpty()) {
            throw new ConfigException(name, reading.problems());
        }
        AndonConfig config = ConfigSections.read(name, new Section(reading, "", top.get()));
        ConfigRules.check(config, reading);
        if (!reading.problems().isEmpty()) {
            throw new ConfigException(name, reading.problems());
        }
        return config;
    }

    private static ConfigException unreadable(Path file, String problem, String fix) {
        return new ConfigException(file.toString(), List.of(new ConfigProblem(1, 1, "", "", problem, fix)));
    }
}
