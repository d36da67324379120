package dev.andon.service.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.andon.service.config.YamlNode.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document. What YAML offers beyond maps, lists and values (anchors, several documents) is refused: it
 * would make it hard to say where a value comes from.
 */
final class YamlReader {
    private static final int DEEPEST = 20;

    private final YAMLParser parser;
    private final List<ConfigProblem> problems;

    private YamlReader(YAMLParser parser, List<ConfigProblem> problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** Returns the map at the top of the file; empty when it cannot be read, which is then in {@code problems}. */
    static Optional<YamlNode.Mapping> read(String text, List<ConfigProblem> problems) {
        Place last = Place.START;
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlReader reader = new YamlReader(parser, problems);
            try {
                return reader.document();
            } catch (RuntimeException e) {
                // The parser below this one throws what it likes at malformed input.
                last = reader.place();
                throw e;
            }
        } catch (JsonProcessingException e) {
            problems.add(malformed(place(e.getLocation()), e.getOriginalMessage()));
        } catch (IOException | RuntimeException e) {
            problems.add(malformed(last, e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<YamlNode.Mapping> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return Optional.of(new YamlNode.Mapping(Place.START, List.of()));
        }
        YamlNode top = node(first, 0);
        if (parser.nextToken() != null) {
            add("a second document starts here", "keep one document, without a line of '---' in between");
        }
        if (top instanceof YamlNode.Mapping mapping) {
            return Optional.of(mapping);
        }
        problems.add(
                problem(top.place(), "the file is not a map of keys to values", "write for example mode: observe"));
        return Optional.empty();
    }

    private YamlNode node(@Nullable JsonToken token, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IllegalStateException("nested more than " + DEEPEST + " deep");
        }
        Place place = place();
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            add("anchors and aliases are not supported", "write the value out");
        }
        if (token == JsonToken.START_OBJECT) {
            return mapping(place, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(place, depth);
        }
        return token == null || token == JsonToken.VALUE_NULL
                ? new YamlNode.Nothing(place)
                : new YamlNode.Scalar(place, parser.getText());
    }

    private YamlNode mapping(Place start, int depth) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Place place = place();
            String key = String.valueOf(parser.currentName());
            YamlNode value = node(parser.nextToken(), depth + 1);
            entries.stream()
                    .filter(e -> e.key().equals(key))
                    .findFirst()
                    .ifPresent(earlier -> problems.add(problem(
                            place,
                            "the key " + key + " stands here again, first in line "
                                    + earlier.place().line(),
                            "remove one of them")));
            entries.add(new Entry(place, key, value));
        }
        return new YamlNode.Mapping(start, List.copyOf(entries));
    }

    private YamlNode sequence(Place start, int depth) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new YamlNode.Sequence(start, List.copyOf(items));
    }

    private void add(String problem, String fix) {
        problems.add(problem(place(), problem, fix));
    }

    private Place place() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(@Nullable JsonLocation location) {
        return location == null
                ? Place.START
                : new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static ConfigProblem malformed(Place place, @Nullable String reason) {
        // Indented lines repeat the file, which may hold a secret.
        String said = reason == null
                ? ""
                : reason.lines()
                        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                        .collect(Collectors.joining(", "));
        return problem(
                place,
                "this is not YAML" + (said.isEmpty() ? "" : " (" + said + ")"),
                "check indentation, quotes and brackets at and before this place");
    }

    private static ConfigProblem problem(Place place, String problem, String fix) {
        return new ConfigProblem(place.line(), place.column(), "", "", problem, fix);
    }
}
