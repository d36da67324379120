package dev.andon.connect.events;

import dev.andon.schema.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The events deployment and deployment_status of GitHub. An environment stands for a cluster. */
final class GitHub implements Translator {
    private final Map<String, String> clusterByEnvironment;

    GitHub(Map<String, String> clusterByEnvironment) {
        this.clusterByEnvironment = clusterByEnvironment;
    }

    @Override
    public List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException {
        String event = header.apply("X-GitHub-Event");
        boolean status = event.equals("deployment_status");
        if (!status && !event.equals("deployment")) {
            throw RefusedException.notARollout(
                    "the event is '" + event + "'; only deployment and deployment_status count");
        }
        String repository = body.required("/repository/full_name");
        String sha = body.required("/deployment/sha");
        String environment = body.required("/deployment/environment");
        Phase phase = status ? phase(body.required("/deployment_status/state")) : Phase.STARTED;
        return List.of(new Told(
                body.time(status ? "/deployment_status/created_at" : "/deployment/created_at"),
                body.text("/deployment/payload/rolloutId").orElse(Told.id(repository, Optional.of(sha))),
                Optional.ofNullable(clusterByEnvironment.get(environment)),
                phase,
                Told.workload("Repository", Optional.empty(), repository),
                Optional.of(sha),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                "github",
                repository + "/deployments/" + body.text("/deployment/id").orElse("")));
    }

    private static Phase phase(String state) throws RefusedException {
        return switch (state) {
            case "queued", "pending", "waiting" -> Phase.STARTED;
            case "in_progress" -> Phase.PROGRESSING;
            case "success" -> Phase.COMPLETED;
            case "failure", "error" -> Phase.ABORTED;
            case "inactive" -> throw RefusedException.notARollout("a later deployment took its place");
            default -> throw RefusedException.notUnderstood("the state is '" + state + "', which GitHub does not have");
        };
    }
}
