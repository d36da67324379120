package dev.andon.simulate;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/**
 * What else stands on an apiserver's page: most of it, and nothing that a collector asks for. It does not change, so
 * that it is rendered once; it makes a collector pass over what it does not want.
 */
final class Backdrop {
    private static final List<String> OPERATIONS =
            List.of("create", "delete", "get", "list", "listWithCount", "update");
    private static final List<String> TYPES = List.of(
            "pods",
            "nodes",
            "configmaps",
            "secrets",
            "services",
            "endpoints",
            "events",
            "leases",
            "namespaces",
            "serviceaccounts",
            "deployments.apps",
            "replicasets.apps",
            "daemonsets.apps",
            "statefulsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "ingresses.networking.k8s.io",
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io",
            "poddisruptionbudgets.policy",
            "horizontalpodautoscalers.autoscaling",
            "validatingwebhookconfigurations.admissionregistration.k8s.io");

    private Backdrop() {}

    /** @param resources resource types that the cluster uses, at most 24: about 150 lines each */
    static MetricSnapshots of(long seed, String instance, int resources) {
        Draw draw = Draw.of(seed, instance + "/backdrop", 0);
        List<String> types = TYPES.subList(0, Math.min(resources, TYPES.size()));
        return new MetricSnapshots(
                etcd(draw, types),
                objects(draw, types),
                Families.gauge(
                        "apiserver_current_inflight_requests",
                        "Requests in flight, by whether they change anything.",
                        Families.level(draw.below(20), "request_kind", "mutating"),
                        Families.level(draw.below(60), "request_kind", "readOnly")),
                Families.gauge("go_goroutines", "Goroutines that exist.", Families.level(2_000 + draw.below(4_000))),
                Families.gauge(
                        "process_resident_memory_bytes",
                        "Memory in use, in bytes.",
                        Families.level(6e8 + draw.below(1_000_000_000))));
    }

    private static MetricSnapshot etcd(Draw draw, List<String> types) {
        Histograms etcd = new Histograms("etcd_request_duration_seconds", "Time etcd takes, by operation and type.");
        for (String type : types) {
            for (String operation : OPERATIONS) {
                Tally tally = new Tally(Buckets.APISERVER);
                Latencies.alike(tally, draw, 50 + draw.below(50_000), 0.004, 0, 1.2);
                etcd.add(Labels.of("operation", operation, "type", "/registry/" + type), tally);
            }
        }
        return etcd.snapshot();
    }

    private static MetricSnapshot objects(Draw draw, List<String> types) {
        return Families.gauge(
                "apiserver_storage_objects",
                "Stored objects by type.",
                types.stream()
                        .map(type -> Families.level(draw.below(20_000), "resource", type))
                        .toArray(GaugeDataPointSnapshot[]::new));
    }
}
