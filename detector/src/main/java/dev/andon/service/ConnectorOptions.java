package dev.andon.service;

import dev.andon.service.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds options that no part of a connector reads. Kafka Connect itself ignores them, so that a typing error in a
 * time-out would never be seen.
 */
final class ConnectorOptions {
    /** Options that Connect hands on to clients and plug-ins without knowing their names. */
    private static final List<String> FREE = List.of(
            "producer.override.",
            "consumer.override.",
            "admin.override.",
            "transforms.",
            "predicates.",
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "topic.creation.",
            "deliveries.producer.",
            "rollouts.consumer.");

    private ConnectorOptions() {}

    static List<ConnectorProblem> unknown(Collection<String> given, Set<String> known) {
        List<ConnectorProblem> problems = new ArrayList<>();
        for (String option : new TreeSet<>(given)) {
            if (!known.contains(option) && FREE.stream().noneMatch(option::startsWith)) {
                String guess = NearestName.of(option, known)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("; remove it");
                problems.add(new ConnectorProblem(option, "is not an option of this connector" + guess));
            }
        }
        return problems;
    }
}
