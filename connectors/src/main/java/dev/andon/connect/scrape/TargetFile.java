package dev.andon.connect.scrape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A list of targets in a file, in the format of Prometheus' {@code file_sd}: groups of addresses with the labels they
 * share, as JSON or YAML.
 *
 * @param kind what answers at the targets
 * @param path ends in .json, .yml or .yaml
 * @param cluster of targets without a label {@code cluster}
 */
record TargetFile(Target.Kind kind, Path path, Optional<String> cluster) {
    /** Some 50,000 targets; a larger file is something else. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * What a file says.
     *
     * @param targets that can be scraped, in the order of the file
     * @param problems one sentence for each entry that cannot
     */
    record Content(List<Target> targets, List<String> problems) {}

    /** The file as a whole is of no use. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /** @return whether the name says how to read it */
    static boolean knowsFormat(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".yml") || name.endsWith(".yaml");
    }

    /** @throws UnusableException saying why it gives no list, and naming the file */
    Content read() throws UnusableException {
        JsonNode groups = parse(bytes());
        // An empty file is one that somebody is about to write. Whoever wants no target says so.
        if (!groups.isArray()) {
            throw new UnusableException(path + " holds no list; write a list of groups, or [] for no target");
        }
        var targets = new ArrayList<Target>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < groups.size(); i++) {
            add(groups.get(i), i + 1, targets, problems);
        }
        return new Content(List.copyOf(targets), List.copyOf(problems));
    }

    private byte[] bytes() throws UnusableException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableException(path + " is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UnusableException(
                    path + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private JsonNode parse(byte[] bytes) throws UnusableException {
        boolean json = path.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        try {
            return (json ? JSON : YAML).readTree(bytes);
        } catch (JsonProcessingException e) {
            // The message of the parser quotes the file, whose labels may hold anything.
            String at = e.getLocation() == null
                    ? ""
                    : " near line " + e.getLocation().getLineNr();
            throw new UnusableException(path + " is no valid " + (json ? "JSON" : "YAML") + at);
        } catch (IOException e) {
            throw new UnusableException(
                    path + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private void add(JsonNode group, int number, List<Target> targets, List<String> problems) {
        if (!group.path("targets").isArray()) {
            problems.add(path + ": group " + number + " has no list called targets");
            return;
        }
        var labels = new HashMap<String, String>();
        group.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        for (JsonNode address : group.path("targets")) {
            try {
                targets.add(TargetLabels.target(kind, cluster, with(labels, address.asText())));
            } catch (IllegalArgumentException e) {
                problems.add(path + ": group " + number + ": " + e.getMessage());
            }
        }
    }

    private static Map<String, String> with(Map<String, String> labels, String address) {
        var all = new HashMap<>(labels);
        // The address of the entry itself comes before a label of its group, as in Prometheus.
        all.put(TargetLabels.ADDRESS, address);
        return all;
    }
}
