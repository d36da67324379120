package dev.andon.simulate;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/**
 * What else stands on an apiserver's page: most of it, and nothing that a collector asks for. It does not change, so that it is
 * rendered once; it makes a collector pass over what it does not want.
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
        List<MetricSnapshot> families = new ArrayList<>();
        Histograms etcd = new Histograms(
                "etcd_request_duration_seconds", "[ALPHA] Etcd request latency in seconds for each operation.");
        GaugeSnapshot.Builder objects = GaugeSnapshot.builder()
                .name("apiserver_storage_objects")
                .help("[STABLE] Number of stored objects at the time of last check split by kind.");
        for (String type : TYPES.subList(0, Math.min(resources, TYPES.size()))) {
            for (String operation : OPERATIONS) {
                Tally tally = new Tally(Buckets.APISERVER);
                Latencies.alike(tally, draw, 50 + draw.below(50_000), 0.004, 0, 1.2);
                etcd.add(Labels.of("operation", operation, "type", "/registry/" + type), tally);
            }
            objects.dataPoint(gauge(draw.below(20_000), "resource", type));
        }
        families.add(etcd.snapshot());
        families.add(objects.build());
        families.add(GaugeSnapshot.builder()
                .name("apiserver_current_inflight_requests")
                .help(
                        "[STABLE] Maximal number of currently used inflight request limit of this apiserver per request kind in last second.")
                .dataPoint(gauge(draw.below(20), "request_kind", "mutating"))
                .dataPoint(gauge(draw.below(60), "request_kind", "readOnly"))
                .build());
        families.add(GaugeSnapshot.builder()
                .name("go_goroutines")
                .help("Number of goroutines that currently exist.")
                .dataPoint(gauge(2_000 + draw.below(4_000)))
                .build());
        families.add(GaugeSnapshot.builder()
                .name("process_resident_memory_bytes")
                .help("Resident memory size in bytes.")
                .dataPoint(gauge(6e8 + draw.below(1_000_000_000)))
                .build());
        return new MetricSnapshots(families);
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot gauge(double value, String... labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value(value)
                .build();
    }
}
