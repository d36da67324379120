package dev.andon.connect.watch;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of objects whose change is a rollout. */
enum WatchedKind {
    DEPLOYMENT("apps", "v1", "Deployment", "deployments"),
    STATEFUL_SET("apps", "v1", "StatefulSet", "statefulsets"),
    DAEMON_SET("apps", "v1", "DaemonSet", "daemonsets"),
    /** Those with the label of the configuration. */
    CONFIG_MAP("", "v1", "ConfigMap", "configmaps"),
    /** Those with the label of the configuration; their content is not read. */
    SECRET("", "v1", "Secret", "secrets"),
    /** The secrets in which Helm keeps its releases; their content is not read. */
    HELM_RELEASE("", "v1", "HelmRelease", "secrets"),
    ROLLOUT("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
    CANARY("flagger.app", "v1beta1", "Canary", "canaries");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    WatchedKind(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    String group() {
        return group;
    }

    String version() {
        return version;
    }

    /** @return the kind as a rollout event and the configuration name it */
    String kind() {
        return kind;
    }

    String plural() {
        return plural;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** @return whether a cluster may lack it */
    boolean custom() {
        return this == ROLLOUT || this == CANARY;
    }

    static Optional<WatchedKind> of(String kind) {
        return Arrays.stream(values()).filter(known -> known.kind.equals(kind)).findFirst();
    }
}
