package dev.andon.http;

import dev.andon.domain.Controller;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import dev.andon.service.config.NearestName;
import java.util.Set;
import java.util.TreeSet;

/**
 * The systems that spread rollouts, as events call them. A sink that halts goes by the type; one that nobody knows would be
 * noticed only when a HALT cannot be carried out, so it is refused where it is posted.
 */
final class ControllerTypes {
    /** Those that sources write and sinks know; {@code connect.kubernetes.Target} has the same list. */
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

    private ControllerTypes() {}

    /** @throws InvalidInput when no sink could make anything of it */
    static void check(Controller controller) {
        if (KNOWN.contains(controller.type())) return;
        String guess = NearestName.of(controller.type(), KNOWN)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        throw new InvalidInput(
                RejectReason.OUT_OF_RANGE,
                "controller.type must be one of " + String.join(", ", new TreeSet<>(KNOWN)) + " but was \""
                        + shown(controller.type()) + "\"" + guess
                        + "; leave controller out where no sink shall stop the rollout itself");
    }

    private static String shown(String type) {
        String harmless = type.replaceAll("[^\\x20-\\x7E]", "?");
        return harmless.length() > 100 ? harmless.substring(0, 100) + "..." : harmless;
    }
}
