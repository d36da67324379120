package dev.andon.connect.kubernetes;

import dev.andon.connect.common.KubernetesName;
import dev.andon.schema.Controller;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * One object that a rollout changes, and how it is stopped.
 *
 * @param brake by its kind
 * @param namespace of the object
 * @param name of the object
 */
record Target(Brake brake, String namespace, String name) {
    /** Systems that spread rollouts; they are stopped at the workload unless they have an object of their own. */
    private static final Set<String> KNOWN = Set.of(
            "kubernetes",
            "argo-rollouts",
            "flagger",
            "argo-cd",
            "argocd",
            "spinnaker",
            "github",
            "cdevents",
            "helm",
            "flux");

    /**
     * The object that must be stopped to stop a rollout.
     *
     * @param argo how Argo Rollouts are stopped
     * @throws IllegalArgumentException saying why there is none that this sink could stop
     */
    static Target of(RolloutEvent event, Brake argo) {
        Controller controller = event.getController();
        Workload workload = event.getWorkload();
        String type = controller == null ? "kubernetes" : controller.getType();
        if (!KNOWN.contains(type)) {
            throw new IllegalArgumentException("its controller is of type " + KubernetesName.shown(type)
                    + ", which this sink does not know; known are "
                    + String.join(", ", KNOWN.stream().sorted().toList()));
        }
        Brake brake = brake(type, workload.getKind(), argo);
        String reference = controller == null ? null : controller.getReference();
        boolean own = brake == argo || brake == Brake.FLAGGER_CANARY;
        int slash = reference == null || !own ? -1 : reference.indexOf('/');
        return slash > 0
                ? checked(brake, Objects.requireNonNull(reference).substring(0, slash), reference.substring(slash + 1))
                : checked(brake, Objects.requireNonNullElse(workload.getNamespace(), "default"), workload.getName());
    }

    private static Brake brake(String type, String kind, Brake argo) {
        if (type.equals("argo-rollouts")) {
            return argo;
        }
        if (type.equals("flagger")) {
            return Brake.FLAGGER_CANARY;
        }
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "deployment" -> Brake.DEPLOYMENT;
            case "daemonset" -> Brake.DAEMON_SET;
            case "statefulset" -> Brake.STATEFUL_SET;
            case "rollout" -> argo;
            case "canary" -> Brake.FLAGGER_CANARY;
            default ->
                throw new IllegalArgumentException("its workload is a " + KubernetesName.shown(kind)
                        + ", which cannot be halted; a Deployment, DaemonSet, StatefulSet, Rollout or Canary can");
        };
    }

    /** A name that Kubernetes would refuse must not become part of a path. */
    private static Target checked(Brake brake, String namespace, String name) {
        if (!KubernetesName.fits(namespace) || !KubernetesName.fits(name)) {
            throw new IllegalArgumentException(KubernetesName.shown(namespace + "/" + name)
                    + " is no name that an object in Kubernetes could have");
        }
        return new Target(brake, namespace, name);
    }

    @Override
    public String toString() {
        return brake.resource() + " " + namespace + "/" + name;
    }
}
