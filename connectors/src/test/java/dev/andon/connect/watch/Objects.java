package dev.andon.connect.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects as an API server shows them. */
final class Objects {
    private Objects() {}

    static GenericKubernetesResource of(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    static GenericKubernetesResource deployment(String image, long generation, long observed, int updated, int total) {
        return of("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop, uid: u1, resourceVersion: "1", generation: %d, creationTimestamp: "2020-01-01T00:00:00Z"}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: web}}
                  template:
                    spec: {serviceAccountName: web, containers: [{name: c, image: "%s"}]}
                status: {observedGeneration: %d, updatedReplicas: %d, replicas: %d}
                """.formatted(generation, total, image, observed, updated, total));
    }

    static GenericKubernetesResource daemonSet(String created, int updated, int total) {
        return of("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, namespace: obs, uid: d1, resourceVersion: "1", generation: 1, creationTimestamp: "%s"}
                spec:
                  selector: {matchLabels: {app: agent}}
                  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: c, image: "agent:1"}]}}
                status: {observedGeneration: 1, updatedNumberScheduled: %d, desiredNumberScheduled: %d}
                """.formatted(created, updated, total));
    }
}
