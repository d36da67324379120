package dev.andon.domain;

/** What is rolled out, as Kubernetes names it; {@code namespace} is empty for things without one. */
public record Workload(String kind, String namespace, String name) {
    public Workload {
        Require.name("workload.kind", kind);
        Require.name("workload.name", name);
    }
}
