package dev.andon.connect.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;

/**
 * Argo's Rollouts and Flagger's Canaries in one namespace, and a controller that does with them the little that tests
 * need: every tenth of a second a step, up to a limit that the test sets, unless the object says to stop.
 */
public final class CustomResources implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STEP_MILLIS = 100;

    private final ControlPlane plane;
    private final String namespace;
    private final Kind kind;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private volatile int limit;

    /** What is imitated. */
    public enum Kind {
        ROLLOUT("argoproj.io", "v1alpha1", "Rollout", "rollouts", 10) {
            @Override
            Optional<ObjectNode> step(JsonNode object, int limit) {
                int updated = object.at("/status/updatedReplicas").asInt();
                if (object.at("/status/abort").asBoolean()) {
                    return status(object, "Degraded", "updatedReplicas", updated);
                }
                if (object.at("/spec/paused").asBoolean()) {
                    return status(object, "Paused", "updatedReplicas", updated);
                }
                return updated == total()
                        ? status(object, "Healthy", "updatedReplicas", updated)
                        : status(
                                object,
                                "Progressing",
                                "updatedReplicas",
                                Math.min(updated + 1, Math.max(updated, limit)));
            }

            @Override
            String covered() {
                return "updatedReplicas";
            }
        },
        CANARY("flagger.app", "v1beta1", "Canary", "canaries", 100) {
            @Override
            Optional<ObjectNode> step(JsonNode object, int limit) {
                int weight = object.at("/status/canaryWeight").asInt();
                if (object.at("/spec/suspend").asBoolean()) {
                    return Optional.empty();
                }
                return weight == total()
                        ? status(object, "Succeeded", "canaryWeight", weight)
                        : status(object, "Progressing", "canaryWeight", Math.min(weight + 10, Math.max(weight, limit)));
            }

            @Override
            String covered() {
                return "canaryWeight";
            }
        };

        private final String group;
        private final String version;
        private final String name;
        private final String plural;
        private final int total;

        Kind(String group, String version, String name, String plural, int total) {
            this.group = group;
            this.version = version;
            this.name = name;
            this.plural = plural;
            this.total = total;
        }

        /** The next status, or nothing when there is nothing to do. */
        abstract Optional<ObjectNode> step(JsonNode object, int limit);

        abstract String covered();

        /** Coverage when it is done: pods, or percent of the traffic. */
        public int total() {
            return total;
        }

        /** As a rollout event names it. */
        public String kind() {
            return name;
        }

        static Optional<ObjectNode> status(JsonNode object, String phase, String field, int covered) {
            JsonNode status = object.path("status");
            boolean same = status.path("phase").asText().equals(phase)
                    && status.path(field).asInt(-1) == covered;
            ObjectNode patch = JSON.createObjectNode();
            patch.putObject("status").put("phase", phase).put(field, covered).put("lastAppliedSpec", "6d4f");
            return same ? Optional.empty() : Optional.of(patch);
        }
    }

    /** Defines the kind in the cluster and starts its controller. */
    public CustomResources(ControlPlane plane, String namespace, Kind kind) {
        this.plane = plane;
        this.namespace = namespace;
        this.kind = kind;
        define();
        informer = plane.client()
                .genericKubernetesResources(context())
                .inNamespace(namespace)
                .inform(new Controller(), STEP_MILLIS);
    }

    private void define() {
        plane.apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %3$s.%1$s}
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: %4$s, listKind: %4$sList, plural: %3$s, singular: %5$s}
                  versions:
                    - name: %2$s
                      served: true
                      storage: true
                      subresources: {status: {}}
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(
                kind.group, kind.version, kind.plural, kind.name, kind.name.toLowerCase(java.util.Locale.ROOT)));
        plane.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(kind.plural + "." + kind.group)
                .waitUntilCondition(
                        made -> made != null
                                && made.getStatus() != null
                                && made.getStatus().getConditions() != null
                                && made.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        60,
                        java.util.concurrent.TimeUnit.SECONDS);
    }

    private ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group)
                .withVersion(kind.version)
                .withKind(kind.name)
                .withPlural(kind.plural)
                .withNamespaced(true)
                .build();
    }

    /** Creates one, which starts to spread. */
    public void create(String name) {
        plane.apply("""
                apiVersion: %s/%s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {replicas: %d, template: {spec: {containers: [{name: main, image: "app:2"}]}}}
                """.formatted(kind.group, kind.version, kind.name, name, namespace, kind.total));
    }

    /** How far any of them may get from now on. */
    public void upTo(int coverage) {
        limit = coverage;
    }

    /** The object as the apiserver shows it. */
    public JsonNode get(String name) {
        try {
            return JSON.readTree(plane.client()
                    .raw("/apis/" + kind.group + "/" + kind.version + "/namespaces/" + namespace + "/" + kind.plural
                            + "/" + name));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public int coverage(String name) {
        return get(name).path("status").path(kind.covered()).asInt();
    }

    public void awaitCoverage(String name, int coverage) {
        org.awaitility.Awaitility.await(name + " at " + coverage)
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> coverage(name) == coverage);
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Controller implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            look(object);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            look(object);
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean unknownFinalState) {
            // Nothing is left to do.
        }

        private void look(GenericKubernetesResource object) {
            JsonNode json = JSON.valueToTree(object.getAdditionalProperties());
            kind.step(json, limit).ifPresent(status -> write(object, status));
        }

        private void write(GenericKubernetesResource object, ObjectNode status) {
            status.putObject("metadata")
                    .put("resourceVersion", object.getMetadata().getResourceVersion());
            try {
                plane.client()
                        .genericKubernetesResources(context())
                        .inNamespace(namespace)
                        .withName(object.getMetadata().getName())
                        .subresource("status")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), status.toString());
            } catch (KubernetesClientException changedMeanwhile) {
                // The next look is at the newest version.
            }
        }
    }
}
