package dev.andon.service.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is shared while one file is read: the problems found, the places of keys, the source of secrets. */
final class Reading {
    private final Substitution substitution;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Place> places = new TreeMap<>();
    private final Set<String> asked = new TreeSet<>();

    Reading(Substitution substitution) {
        this.substitution = substitution;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    /** Remembers that there is a key of this path, whether or not it stands in the file. */
    void asked(String path) {
        asked.add(path.replaceAll("\\[\\d+]", "[]"));
    }

    Set<String> asked() {
        return Set.copyOf(asked);
    }

    Map<String, Place> places() {
        return Map.copyOf(places);
    }

    void know(String path, Place place) {
        places.putIfAbsent(path, place);
    }

    /** Reports a problem at the place of a path, or of the closest key above it that stands in the file. */
    void report(String path, String seen, String problem, String fix) {
        report(Place.closest(places, path), path, seen, problem, fix);
    }

    void report(Place place, String path, String seen, String problem, String fix) {
        problems.add(new ConfigProblem(place.line(), place.column(), path, seen, problem, fix));
    }

    /** Puts secrets in; reports a reference that leads nowhere and returns nothing then. */
    Optional<Text> resolve(String path, YamlNode.Scalar scalar) {
        try {
            Substitution.Resolved resolved = substitution.resolve(scalar.text());
            return Optional.of(new Text(path, scalar.place(), scalar.text(), resolved.text(), resolved.secret()));
        } catch (Substitution.Unresolved e) {
            report(scalar.place(), path, "", String.valueOf(e.getMessage()), e.fix());
            return Optional.empty();
        }
    }

    /**
     * A value of the file.
     *
     * @param raw as it stands in the file: safe to show unless the key holds a secret
     * @param value with references replaced
     * @param secret whether something was put in
     */
    record Text(String path, Place place, String raw, String value, boolean secret) {}
}
