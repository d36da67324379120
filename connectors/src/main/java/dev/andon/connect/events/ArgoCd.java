package dev.andon.connect.events;

import dev.andon.schema.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Argo CD notifications, with the template of our documentation. */
final class ArgoCd implements Translator {
    @Override
    public List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException {
        String application = body.required("/application");
        Phase phase = phase(body.required("/phase"), body.text("/health").orElse(""));
        Optional<String> revision = body.text("/revision");
        Optional<Instant> time = phase == Phase.PROGRESSING
                ? body.time("/startedAt")
                : body.time("/finishedAt").or(() -> body.time("/startedAt"));
        return List.of(new Told(
                time,
                body.text("/rolloutId").orElse(Told.id(application, revision)),
                body.text("/cluster"),
                phase,
                Told.workload("Application", body.text("/namespace"), application),
                revision,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                "argo-cd",
                application));
    }

    private static Phase phase(String operation, String health) throws RefusedException {
        return switch (operation) {
            case "Running" -> Phase.PROGRESSING;
            // Synced is not yet rolled out: the pods follow.
            case "Succeeded" -> health.equals("Healthy") ? Phase.COMPLETED : Phase.PROGRESSING;
            case "Failed", "Error", "Terminating" -> Phase.ABORTED;
            default ->
                throw RefusedException.notUnderstood(
                        "the phase is '" + operation + "'; expected Running, Succeeded, Failed, Error or Terminating");
        };
    }
}
