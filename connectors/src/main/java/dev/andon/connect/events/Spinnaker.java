package dev.andon.connect.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.schema.Phase;
import dev.andon.schema.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Events of Spinnaker pipelines as its echo sends them to REST endpoints: one rollout per pipeline execution, with one
 * event for each account that the execution deploys manifests to.
 */
final class Spinnaker implements Translator {
    @Override
    public List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException {
        Phase phase = phase(
                body.required("/details/type"),
                body.text("/content/execution/status").orElse(""));
        String execution = body.required("/content/execution/id");
        String application = body.required("/content/execution/application");
        String pipeline = body.text("/content/execution/name").orElse(application);
        var told = new ArrayList<Told>();
        for (JsonNode stage : body.json().at("/content/execution/stages")) {
            if (stage.path("type").asText().equals("deployManifest")) {
                told.add(told(body, phase, execution, new Body(stage.path("context")), application));
            }
        }
        if (told.isEmpty()) {
            told.add(new Told(
                    time(body, phase),
                    execution,
                    Optional.empty(),
                    phase,
                    Told.workload("Pipeline", Optional.of(application), pipeline),
                    Optional.of(execution),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    "spinnaker",
                    execution));
        }
        return told;
    }

    private static Told told(Body body, Phase phase, String execution, Body context, String application) {
        Workload workload = Told.workload(
                context.text("/manifests/0/kind").orElse("Pipeline"),
                context.text("/manifests/0/metadata/namespace"),
                context.text("/manifests/0/metadata/name").orElse(application));
        return new Told(
                time(body, phase),
                execution,
                context.text("/account"),
                phase,
                workload,
                Optional.of(execution),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                "spinnaker",
                execution);
    }

    private static Optional<java.time.Instant> time(Body body, Phase phase) {
        return body.time(phase == Phase.PROGRESSING ? "/content/execution/startTime" : "/content/execution/endTime");
    }

    private static Phase phase(String type, String status) throws RefusedException {
        return switch (type) {
            case "orca:pipeline:starting" -> Phase.PROGRESSING;
            case "orca:pipeline:complete" -> Phase.COMPLETED;
            case "orca:pipeline:failed" -> Phase.ABORTED;
            default -> throw RefusedException.notARollout("'" + type + "' with status '" + status + "' is no pipeline");
        };
    }
}
