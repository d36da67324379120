package dev.andon.service.config;

import dev.andon.decide.Settings;
import dev.andon.domain.Mode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that {@code andon.yaml} says.
 *
 * @param dataDirectory of the embedded broker and of the state of the streams
 * @param detection what a decision depends on besides its input
 * @param fleets names of the sets of clusters that share rollouts
 * @param connectors properties of further connectors by name, in Kafka Connect's own words
 * @param origin the file, for problems that are found later
 */
public record AndonConfig(
        Mode mode,
        Path dataDirectory,
        KafkaConfig kafka,
        HttpConfig http,
        Settings detection,
        List<String> fleets,
        List<ClusterConfig> clusters,
        List<WebhookConfig> webhooks,
        Map<String, ClientProperties> connectors,
        Origin origin) {
    public AndonConfig {
        fleets = List.copyOf(fleets);
        clusters = List.copyOf(clusters);
        webhooks = List.copyOf(webhooks);
        connectors = Collections.unmodifiableMap(new LinkedHashMap<>(connectors));
    }

    /**
     * Where a configuration comes from.
     *
     * @param file as the user named it
     * @param places where each key stands in it
     */
    public record Origin(String file, Map<String, Place> places) {
        public Origin {
            places = Map.copyOf(places);
        }
    }

    /** Returns the configuration of an empty file: embedded broker, observe mode, no clusters. */
    public static AndonConfig defaults() {
        return ConfigFile.parse("defaults", "", name -> Optional.empty());
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with every problem of the file
     */
    public static AndonConfig load(Path file) {
        return ConfigFile.load(file, name -> Optional.ofNullable(System.getenv(name)));
    }

    /**
     * Reads a text.
     *
     * @param name of the file, for messages
     * @param environment value of an environment variable
     * @throws ConfigException with every problem of the text
     */
    public static AndonConfig parse(String name, String yaml, Function<String, Optional<String>> environment) {
        return ConfigFile.parse(name, yaml, environment);
    }

    /** Returns a problem at the place of a path, or of the closest key above it that stands in the file. */
    public ConfigProblem problemAt(String path, String problem, String fix) {
        Place place = Place.closest(origin.places(), path);
        return new ConfigProblem(place.line(), place.column(), path, "", problem, fix);
    }
}
