package dev.andon.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The truth as JSON, in the keys of the recordings of real control planes where they fit. */
final class TruthJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private TruthJson() {}

    static String write(Truth truth) {
        try {
            return MAPPER.writeValueAsString(keys(truth)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and numbers can always be written", e);
        }
    }

    private static Map<String, @Nullable Object> keys(Truth truth) {
        Scenario scenario = truth.scenario();
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("case", scenario.name() + "-" + scenario.seed());
        keys.put("scenario", scenario.name());
        keys.put("seed", scenario.seed());
        keys.put("group", truth.guilty().isPresent() ? "bad" : truth.clean() ? "clean" : "negative");
        keys.put("family", scenario.family());
        keys.put("severity", scenario.severity());
        keys.put("start", scenario.start().toString());
        keys.put("end", scenario.end().toString());
        keys.put("intervalMillis", scenario.interval().toMillis());
        keys.put("clean", truth.clean());
        keys.put("culprit", truth.guilty().orElse(null));
        keys.put("guilty", truth.guilty().orElse(null));
        keys.put("firstAffected", text(truth.firstAffected()));
        keys.put("onset", text(truth.onset()));
        keys.put("clustersHurt", List.copyOf(truth.onsetByCluster().keySet()));
        Map<String, String> onsets = new LinkedHashMap<>();
        truth.onsetByCluster().forEach((cluster, onset) -> onsets.put(cluster, onset.toString()));
        keys.put("onsetByCluster", onsets);
        keys.put("userVisible", text(truth.userVisible()));
        keys.put("dnsVisible", text(truth.dnsVisible()));
        keys.put("dnsMasked", truth.dnsMasked());
        keys.put("completed", text(truth.completed()));
        keys.put("source", "simulated");
        keys.put("clusters", clusters(scenario));
        keys.put("rollouts", rollouts(scenario));
        keys.put("disturbances", disturbances(scenario));
        return keys;
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }

    private static List<Map<String, Object>> clusters(Scenario scenario) {
        List<Map<String, Object>> clusters = new ArrayList<>();
        for (ClusterSpec spec : scenario.clusters()) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("name", spec.name());
            keys.put("nodes", spec.nodes());
            keys.put("instances", spec.instances());
            clusters.add(keys);
        }
        return clusters;
    }

    private static List<Map<String, Object>> rollouts(Scenario scenario) {
        List<Map<String, Object>> rollouts = new ArrayList<>();
        for (RolloutPlan plan : scenario.rollouts()) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("rolloutId", plan.rolloutId());
            keys.put("kind", plan.workload().kind());
            keys.put(
                    "total",
                    plan.waves().stream().mapToLong(RolloutPlan.Wave::total).sum());
            keys.put(
                    "start",
                    plan.waves().stream()
                            .map(wave -> scenario.start().plus(wave.start()))
                            .min(Instant::compareTo)
                            .orElse(scenario.start())
                            .toString());
            keys.put(
                    "clusters",
                    plan.waves().stream().map(RolloutPlan.Wave::cluster).toList());
            keys.put("agent", plan.agent().toString());
            rollouts.add(keys);
        }
        return rollouts;
    }

    private static Map<String, List<String>> disturbances(Scenario scenario) {
        Map<String, List<String>> disturbances = new LinkedHashMap<>();
        for (ClusterSpec spec : scenario.clusters()) {
            List<Disturbance> own = scenario.disturbances().getOrDefault(spec.name(), List.of());
            disturbances.put(
                    spec.name(), own.stream().map(Disturbance::toString).toList());
        }
        return disturbances;
    }
}
