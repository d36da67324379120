package dev.andon.connect.events;

import dev.andon.schema.Phase;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Argo Rollouts notifications, with the template of our documentation. */
final class ArgoRollouts implements Translator {
    @Override
    public List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException {
        String name = body.required("/name");
        String namespace = body.required("/namespace");
        Optional<String> revision = body.text("/revision");
        Phase phase = body.isTrue("/aborted") ? Phase.ABORTED : phase(body.required("/phase"));
        String account = body.text("/serviceAccount").orElse("default");
        return List.of(new Told(
                body.time("/time"),
                body.text("/rolloutId").orElse(Told.id(namespace + "/" + name, revision)),
                body.text("/cluster"),
                phase,
                Told.workload("Rollout", Optional.of(namespace), name),
                revision,
                body.count("/updated"),
                body.count("/total"),
                Optional.of("system:serviceaccount:" + namespace + ":" + account),
                "argo-rollouts",
                namespace + "/" + name));
    }

    private static Phase phase(String phase) throws RefusedException {
        return switch (phase) {
            case "Progressing" -> Phase.PROGRESSING;
            case "Paused" -> Phase.PAUSED;
            case "Healthy" -> Phase.COMPLETED;
            case "Degraded" -> Phase.ABORTED;
            default ->
                throw RefusedException.notUnderstood(
                        "the phase is '" + phase + "'; expected Progressing, Paused, Healthy or Degraded");
        };
    }
}
