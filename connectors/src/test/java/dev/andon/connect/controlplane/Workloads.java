package dev.andon.connect.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What is rolled out: workloads whose pods wait at {@link Gates}. All names are of one namespace. */
public final class Workloads {
    /** Pods that a Deployment or a StatefulSet has; a DaemonSet has {@link ControlPlane#NODES}. */
    public static final int REPLICAS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ControlPlane plane;
    private final String namespace;

    public Workloads(ControlPlane plane, String namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    /** The kinds that Kubernetes itself spreads. */
    public enum Kind {
        DEPLOYMENT("Deployment", "updatedReplicas"),
        STATEFUL_SET("StatefulSet", "updatedReplicas"),
        DAEMON_SET("DaemonSet", "updatedNumberScheduled");

        private final String kind;
        private final String updated;

        Kind(String kind, String updated) {
            this.kind = kind;
            this.updated = updated;
        }

        /** As a manifest and a rollout event name it. */
        public String kind() {
            return kind;
        }

        /** How many pods it wants. */
        public int total() {
            return this == DAEMON_SET ? ControlPlane.NODES : REPLICAS;
        }

        private String fields() {
            return switch (this) {
                case DEPLOYMENT ->
                    "replicas: " + REPLICAS + ", strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}, ";
                case STATEFUL_SET -> "replicas: " + REPLICAS + ", serviceName: none, ";
                case DAEMON_SET -> "";
            };
        }
    }

    /** Creates it, or spreads another image to its pods. */
    public void spread(Kind kind, String name, String image) {
        spread(kind, name, image, "");
    }

    /** @param more fields of the pod's spec in YAML's short form, each with a comma after it */
    public void spread(Kind kind, String name, String image, String more) {
        plane.apply("""
                apiVersion: apps/v1
                kind: %1$s
                metadata: {name: %2$s, namespace: %3$s}
                spec:
                  {%5$s selector: {matchLabels: {app: %2$s}}, template: {metadata: {labels: {app: %2$s}}, spec: {
                  %6$s serviceAccountName: %2$s, terminationGracePeriodSeconds: 0,
                  readinessGates: [{conditionType: %7$s}], containers: [{name: main, image: "%4$s"}]}}}
                """.formatted(kind.kind(), name, namespace, image, kind.fields(), more, Gates.CONDITION));
    }

    /** The object as the apiserver shows it. */
    public JsonNode get(Kind kind, String name) {
        return read("/apis/apps/v1/namespaces/" + namespace + "/" + kind.kind().toLowerCase(java.util.Locale.ROOT)
                + "s/" + name);
    }

    /** What the apiserver answers at a path. */
    public JsonNode read(String path) {
        try {
            return JSON.readTree(plane.client().raw(path));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its controller says of how many pods have its newest image. */
    public static int updated(Kind kind, JsonNode object) {
        return object.path("status").path(kind.updated).asInt();
    }

    /** Waits until so many pods have the newest image, by what its controller says. */
    public void awaitUpdated(Kind kind, String name, int count) {
        await(kind, name, count + " updated", object -> updated(kind, object) == count);
    }

    /** Waits until all pods have the newest image and are ready. */
    public void awaitDone(Kind kind, String name) {
        await(kind, name, "done", object -> {
            JsonNode status = object.path("status");
            int ready = status.path(kind == Kind.DAEMON_SET ? "numberReady" : "readyReplicas")
                    .asInt();
            int all = status.path(kind == Kind.DAEMON_SET ? "currentNumberScheduled" : "replicas")
                    .asInt();
            return updated(kind, object) == kind.total() && ready == kind.total() && all == kind.total();
        });
    }

    private void await(Kind kind, String name, String what, Predicate<JsonNode> condition) {
        Awaitility.await(kind.kind() + " " + name + " is " + what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> get(kind, name),
                        object ->
                                object.path("status").path("observedGeneration").asLong()
                                                >= object.path("metadata")
                                                        .path("generation")
                                                        .asLong()
                                        && condition.test(object));
    }

    /** The pods of a workload that have this image and are not about to end. */
    public List<Pod> pods(String name, String image) {
        return plane.client().pods().inNamespace(namespace).withLabel("app", name).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> pod.getSpec().getContainers().get(0).getImage().equals(image))
                .toList();
    }
}
