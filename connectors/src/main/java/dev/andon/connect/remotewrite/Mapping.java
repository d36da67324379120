package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Labels;
import dev.andon.connect.remotewrite.Meaning.Kind;
import dev.andon.connect.remotewrite.Meaning.Part;
import dev.andon.connect.totals.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says what a series means. Pure; asked once per series. */
final class Mapping {
    static final String PROCESS_START = "process_start_time_seconds";

    private static final List<String> HISTOGRAMS =
            List.of("apiserver_request_duration_seconds", "apiserver_request_sli_duration_seconds");
    private static final Map<String, Kind> COUNTERS = Map.of(
            "apiserver_request_total",
            Kind.APISERVER,
            "coredns_dns_responses_total",
            Kind.DNS,
            "coredns_cache_served_stale_total",
            Kind.DNS,
            PROCESS_START,
            Kind.EITHER);
    private static final Map<String, Part> SUFFIXES =
            Map.of("_bucket", Part.BUCKET, "_sum", Part.SUM, "_count", Part.COUNT, "", Part.WHOLE);

    private final RemoteWriteSettings settings;
    private final Map<String, Role> roles = new HashMap<>();

    private record Role(Kind kind, String metric, Part part) {}

    Mapping(RemoteWriteSettings settings) {
        this.settings = settings;
        COUNTERS.forEach((name, kind) -> roles.put(name, new Role(kind, name, Part.VALUE)));
        for (String metric : HISTOGRAMS) {
            SUFFIXES.forEach((suffix, part) -> roles.put(metric + suffix, new Role(Kind.APISERVER, metric, part)));
        }
    }

    Meaning of(Map<String, String> labels) {
        String name = labels.getOrDefault(SeriesLabels.NAME, "");
        for (MeasurementRule rule : settings.measurements()) {
            Optional<String> series = rule.nameOf(labels);
            if (series.isPresent()) {
                String cluster = cluster(labels);
                return cluster.isEmpty()
                        ? noCluster(name)
                        : new Meaning.Measured(
                                cluster, labels.getOrDefault(settings.replicaLabel(), ""), series.get(), rule);
            }
        }
        Role role = roles.get(name);
        return role == null ? new Meaning.Unmapped() : shown(name, role, labels);
    }

    private Meaning shown(String name, Role role, Map<String, String> labels) {
        String cluster = cluster(labels);
        if (cluster.isEmpty()) {
            return noCluster(name);
        }
        String instance = labels.getOrDefault(settings.instanceLabel(), "");
        if (instance.isEmpty()) {
            return new Meaning.Unusable(
                    Refusal.NO_ORIGIN, name + " has no label '" + settings.instanceLabel() + "' (instance.label)");
        }
        double upperBound = Double.NaN;
        if (role.part() == Part.BUCKET) {
            upperBound = bound(labels.getOrDefault("le", ""));
            if (Double.isNaN(upperBound) || upperBound == Double.NEGATIVE_INFINITY) {
                return new Meaning.Unusable(Refusal.BAD_BUCKET, name + " has le='" + labels.get("le") + "'");
            }
        }
        String replica = labels.getOrDefault(settings.replicaLabel(), "");
        return new Meaning.Shown(
                role.kind(),
                new Origin(cluster, instance),
                replica,
                role.metric(),
                role.part(),
                Labels.of(ownLabels(role, labels)),
                upperBound);
    }

    /** The labels that the server itself gave; when the process began is told by the value alone. */
    private Map<String, String> ownLabels(Role role, Map<String, String> labels) {
        if (role.metric().equals(PROCESS_START)) {
            return Map.of();
        }
        var own = new TreeMap<>(labels);
        own.remove(SeriesLabels.NAME);
        own.remove("le");
        own.remove("job");
        own.remove(settings.clusterLabel());
        own.remove(settings.instanceLabel());
        own.remove(settings.replicaLabel());
        return own;
    }

    private String cluster(Map<String, String> labels) {
        return labels.getOrDefault(settings.clusterLabel(), settings.usualCluster());
    }

    private Meaning noCluster(String name) {
        return new Meaning.Unusable(
                Refusal.NO_ORIGIN,
                name + " has no label '" + settings.clusterLabel()
                        + "'; set external_labels in Prometheus, or cluster.default here");
    }

    private static double bound(String le) {
        if (le.equals("+Inf")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            // Java alone would also take "1d" and "0x1p3".
            return le.matches("[0-9.eE+-]+") ? Double.parseDouble(le) : Double.NaN;
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
