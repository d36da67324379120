package dev.andon.connect.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.connect.controlplane.ControlPlaneExtension;
import dev.andon.connect.controlplane.CustomResources;
import dev.andon.connect.controlplane.Manifests;
import dev.andon.connect.controlplane.Workloads;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Workload;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That the shipped manifest is enough is shown by {@link HaltIT}, which has no other rights. Here each right is taken out
 * of it in turn: without it the sink is refused, and says which one it lacks.
 */
@Tag("kubernetes")
@ExtendWith(ControlPlaneExtension.class)
@Timeout(120)
class RightsIT {
    private final ControlPlane plane;

    RightsIT(ControlPlane plane) {
        this.plane = plane;
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, apps, deployments, kubernetes",
        "DaemonSet, apps, daemonsets, kubernetes",
        "StatefulSet, apps, statefulsets, kubernetes",
        "Rollout, argoproj.io, rollouts, argo-rollouts",
        "Rollout, argoproj.io, rollouts/status, argo-rollouts",
        "Canary, flagger.app, canaries, flagger"
    })
    void saysWhichRightIsMissing(String kind, String group, String resource, String controller) throws Exception {
        String namespace = plane.namespace("rights");
        create(namespace, kind);
        String account = resource.replace('/', '-') + "-reader";
        Manifests.applyWithout(plane, "kubernetes-rbac.yaml", account, "patch", resource);
        plane.awaitRight(account, "get", group, resource.replaceAll("/.*", ""));
        try (RunningSink sink = new RunningSink(plane, plane.tokenFile("andon", account), Map.of())) {
            sink.knows("web@2", new Workload(kind, namespace, "web"), controller);
            sink.halt("web@2");
            Delivery refused = sink.await("halt-web@2", delivery -> delivery.getStatus() == DeliveryStatus.FAILED);

            assertThat(refused.getHttpStatus()).isEqualTo(403);
            assertThat(refused.getRetryAt()).isNull();
            assertThat(refused.getDetail())
                    .isEqualTo("the token may not patch " + resource + " (403); see the RBAC manifests");
            assertThat(sink.deadLetters()).hasSize(1);
        } finally {
            plane.forget(namespace);
        }
    }

    @ParameterizedTest
    @CsvSource("DaemonSet, daemonsets")
    void saysThatItMayNotEvenLook(String kind, String resource) throws Exception {
        plane.ensureNamespace("andon");
        plane.apply("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: nobody, namespace: andon}");
        try (RunningSink sink = new RunningSink(plane, plane.tokenFile("andon", "nobody"), Map.of())) {
            sink.knows("web@2", new Workload(kind, "default", "web"), "kubernetes");
            sink.halt("web@2");
            Delivery refused = sink.await("halt-web@2", delivery -> delivery.getStatus() == DeliveryStatus.FAILED);

            assertThat(refused.getHttpStatus()).isEqualTo(403);
            assertThat(refused.getDetail())
                    .isEqualTo("the token may not get " + resource + " (403); see the RBAC manifests");
        }
    }

    private void create(String namespace, String kind) {
        switch (kind) {
            case "Rollout" -> custom(namespace, CustomResources.Kind.ROLLOUT);
            case "Canary" -> custom(namespace, CustomResources.Kind.CANARY);
            default -> new Workloads(plane, namespace).spread(kindOf(kind), "web", "app:1");
        }
    }

    private void custom(String namespace, CustomResources.Kind kind) {
        try (CustomResources resources = new CustomResources(plane, namespace, kind)) {
            resources.create("web");
        }
    }

    private static Workloads.Kind kindOf(String kind) {
        for (Workloads.Kind known : Workloads.Kind.values()) {
            if (known.kind().equals(kind)) {
                return known;
            }
        }
        throw new IllegalArgumentException(kind);
    }
}
