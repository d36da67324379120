package dev.andon.service.config;

import java.util.List;

/** A YAML document as a tree whose every part knows its place. */
sealed interface YamlNode {
    Place place();

    /** A single value, as it was written. */
    record Scalar(Place place, String text) implements YamlNode {}

    /** A key without a value. */
    record Nothing(Place place) implements YamlNode {}

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {}

    record Mapping(Place place, List<Entry> entries) implements YamlNode {}

    /** @param place of the key */
    record Entry(Place place, String key, YamlNode value) {}
}
