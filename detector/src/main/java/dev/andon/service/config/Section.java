package dev.andon.service.config;

import dev.andon.service.config.Reading.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One map of the file while it is read. Whoever reads a key makes it known; {@link #finish} reports those that nobody
 * asked for. A value that is wrong is reported and replaced by the default, so that reading goes on and finds the rest.
 */
final class Section {
    private final Reading reading;
    private final String path;
    private final Map<String, YamlNode> nodes = new HashMap<>();
    private final Map<String, Place> keys = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    Section(Reading reading, String path, YamlNode.Mapping mapping) {
        this.reading = reading;
        this.path = path;
        reading.know(path, mapping.place());
        for (YamlNode.Entry entry : mapping.entries()) {
            nodes.putIfAbsent(entry.key(), entry.value());
            keys.putIfAbsent(entry.key(), entry.place());
            reading.know(path(entry.key()), entry.place());
        }
    }

    Reading reading() {
        return reading;
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Returns whether the key stands in the file, with or without a value. */
    boolean has(String key) {
        return keys.containsKey(key);
    }

    /** Returns a single value; reports a map or a list in its place. */
    Optional<Text> text(String key) {
        ask(key);
        return Optional.ofNullable(nodes.get(key)).flatMap(node -> text(path(key), node));
    }

    private Optional<Text> text(String at, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return reading.resolve(at, scalar);
        }
        if (!(node instanceof YamlNode.Nothing)) {
            reading.report(
                    node.place(), at, "", "is a map or a list, but one value is wanted", "write " + at + ": value");
        }
        return Optional.empty();
    }

    /** Returns a list of single values; one value alone is a list of one. */
    List<Text> texts(String key) {
        ask(key);
        YamlNode node = nodes.get(key);
        List<Text> texts = new ArrayList<>();
        if (node instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                text(path(key) + "[" + i + "]", sequence.items().get(i)).ifPresent(texts::add);
            }
        } else if (node != null) {
            text(path(key), node).ifPresent(texts::add);
        }
        return texts;
    }

    /** Returns a map below this one; an empty one when it is missing. */
    Section section(String key) {
        ask(key);
        return section(path(key), nodes.get(key), keys.getOrDefault(key, Place.START));
    }

    private Section section(String at, @Nullable YamlNode node, Place place) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Section(reading, at, mapping);
        }
        if (node instanceof YamlNode.Scalar scalar) {
            reading.report(
                    scalar.place(),
                    at,
                    "",
                    "is a single value, but keys are wanted below it",
                    "indent them under " + at);
        } else if (node instanceof YamlNode.Sequence) {
            reading.report(node.place(), at, "", "is a list, but a map is wanted", "remove the '-' before its keys");
        }
        return new Section(reading, at, new YamlNode.Mapping(place, List.of()));
    }

    /** Returns a list of maps. */
    List<Section> sections(String key) {
        ask(key);
        YamlNode node = nodes.get(key);
        List<Section> sections = new ArrayList<>();
        if (node instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                YamlNode item = sequence.items().get(i);
                sections.add(section(path(key) + "[" + i + "]", item, item.place()));
            }
        } else if (node != null && !(node instanceof YamlNode.Nothing)) {
            reading.report(node.place(), path(key), "", "is not a list", "put '- ' before each of its parts");
        }
        return sections;
    }

    /** Returns the maps below this one by the names that users gave them, in the order of the file. */
    Map<String, Section> named() {
        Map<String, Section> sections = new LinkedHashMap<>();
        keys.forEach((key, place) -> sections.put(key, section(key)));
        return sections;
    }

    /** Returns every key that was not asked for, as single values; a list becomes one value joined by commas. */
    List<Text> rest() {
        List<Text> rest = new ArrayList<>();
        for (String key : Set.copyOf(keys.keySet())) {
            if (known.add(key)) {
                joined(key).ifPresent(rest::add);
            }
        }
        return rest;
    }

    private Optional<Text> joined(String key) {
        if (!(nodes.get(key) instanceof YamlNode.Sequence sequence)) {
            return text(key);
        }
        List<Text> parts = texts(key);
        boolean secret = parts.stream().anyMatch(Text::secret);
        return Optional.of(new Text(
                path(key),
                sequence.place(),
                String.join(",", parts.stream().map(Text::raw).toList()),
                String.join(",", parts.stream().map(Text::value).toList()),
                secret));
    }

    /** Returns the last part of a path below this section: the key as it stands in the file. */
    String keyOf(Text text) {
        return path.isEmpty() ? text.path() : text.path().substring(path.length() + 1);
    }

    private void ask(String key) {
        known.add(key);
        reading.asked(path(key));
    }

    Set<String> known() {
        return Set.copyOf(known);
    }

    /** Reports a key that must be there and is not. */
    void requireKey(String key, String why, String fix) {
        if (!has(key) || nodes.get(key) instanceof YamlNode.Nothing) {
            reading.report(path(key), "", "is missing: " + why, fix);
        }
    }

    /** Reports every key that nobody asked for. */
    void finish() {
        keys.forEach((key, place) -> {
            if (!known.contains(key)) {
                String fix = NearestName.of(key, known)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("remove it, or use one of " + String.join(", ", known));
                reading.report(place, path(key), "", "there is no such key", fix);
            }
        });
    }
}
