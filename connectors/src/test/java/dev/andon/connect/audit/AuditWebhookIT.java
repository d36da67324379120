package dev.andon.connect.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.connect.controlplane.ControlPlaneExtension;
import dev.andon.connect.controlplane.Workloads;
import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.SingleObjectSerde;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Takes the audit events of a real apiserver, as its webhook backend sends them. */
@Tag("kubernetes")
@ExtendWith(ControlPlaneExtension.class)
@Timeout(120)
class AuditWebhookIT {
    private static final String CLIENT = "system:serviceaccount:andon:caller";

    private final ControlPlane plane;
    private final RunningTask task;

    AuditWebhookIT(ControlPlane plane) {
        this.plane = plane;
        task = new RunningTask(
                new AuditSourceTask(),
                Map.of(
                        "listen.port", Integer.toString(plane.auditPort()),
                        "interval.ms", "1000",
                        "lateness.ms", "5000"));
    }

    @AfterEach
    void stop() {
        task.close();
    }

    @Test
    void countsEachCallOfAServiceAccountByVerbScopeAndCode() throws Exception {
        plane.ensureNamespace("andon");
        plane.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: caller, namespace: andon}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: caller}
                rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: caller}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: caller}
                subjects: [{kind: ServiceAccount, name: caller, namespace: andon}]
                """);
        plane.awaitRight("caller", "list", "", "pods");
        try (KubernetesClient caller = plane.clientOf("andon", "caller")) {
            for (int i = 0; i < 25; i++) {
                caller.pods().inAnyNamespace().list();
            }
            for (int i = 0; i < 7; i++) {
                caller.pods().inNamespace("default").list();
            }
            for (int i = 0; i < 3; i++) {
                caller.pods().inNamespace("default").withName("none").get();
            }
            for (int i = 0; i < 2; i++) {
                try {
                    caller.secrets().inAnyNamespace().list();
                } catch (KubernetesClientException forbidden) {
                    assertThat(forbidden.getCode()).isEqualTo(403);
                }
            }
        }

        Map<String, Long> expected = new TreeMap<>(Map.of(
                "LIST cluster 200", 25L,
                "LIST namespace 200", 7L,
                "GET resource 404", 3L,
                "LIST cluster 403", 2L));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(calls()).as(task.totals().toString()).isEqualTo(expected));
        assertThat(samples()).allSatisfy(sample -> {
            assertThat(sample.getCluster()).isEqualTo("real");
            assertThat(sample.getInstance()).isEqualTo("api-1");
            assertThat(sample.getSumSeconds()).isPositive();
        });
        assertThat(task.written("andon.dead-letters")).isEmpty();
    }

    @Test
    void takesAllNodesForOneClientAndTellsControllersApart() {
        String namespace = plane.namespace("audit");
        new Workloads(plane, namespace).spread(Workloads.Kind.DAEMON_SET, "web", "app:1");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(samples())
                .extracting(sample -> String.valueOf(sample.getClient()))
                .anyMatch(client -> client.startsWith("system:nodes (kubemark/"))
                .anyMatch(client -> client.startsWith("system:kube-controller-manager (kube-controller-manager/"))
                .noneMatch(client -> client.startsWith("system:node:")));
        plane.forget(namespace);
    }

    private Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        samples().stream().filter(sample -> CLIENT.equals(sample.getClient())).forEach(sample -> sample.getCodes()
                .forEach((code, count) ->
                        calls.merge(sample.getVerb() + " " + sample.getScope() + " " + code, count, Long::sum)));
        return calls;
    }

    private List<ApiserverLatency> samples() {
        SingleObjectSerde<ApiserverLatency> serde = new SingleObjectSerde<>(ApiserverLatency.class);
        return task.written("andon.apiserver-latency").stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }
}
