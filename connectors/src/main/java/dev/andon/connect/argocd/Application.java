package dev.andon.connect.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.andon.connect.common.Lever;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import java.util.Optional;

/** The syncs of one application. */
final class Application implements Lever {
    private final ApplicationName name;
    private final Optional<DenyWindow> window;
    private final ArgoCdApi api;
    private boolean syncs;
    private JsonNode project = MissingNode.getInstance();

    Application(ApplicationName name, Optional<DenyWindow> window, ArgoCdApi api) {
        this.name = name;
        this.window = window;
        this.api = api;
    }

    @Override
    public String name() {
        return "the sync of " + name;
    }

    @Override
    public Look look() {
        ArgoCdApi.Read read = api.application(name);
        if (read.outcome().kind() != Kind.DELIVERED) {
            return new Look(read.outcome(), Stage.MOVES, "");
        }
        if (window.isPresent()) {
            ArgoCdApi.Read found = api.project(projectOf(read.object()));
            if (found.outcome().kind() != Kind.DELIVERED) {
                return new Look(found.outcome(), Stage.MOVES, "");
            }
            project = found.object();
        }
        JsonNode status = read.object().path("status");
        String phase = status.path("operationState").path("phase").asText("");
        boolean ending = phase.equals("Terminating");
        syncs = !ending
                && (phase.equals("Running") || read.object().path("operation").isObject());
        if (syncs || unguarded()) {
            return new Look(read.outcome(), Stage.MOVES, "");
        }
        if (ending) {
            return new Look(read.outcome(), Stage.WAITS, name() + " is being terminated");
        }
        // Whatever was applied goes on without Argo CD: only the workload itself can be stopped then.
        return status.path("health").path("status").asText().equals("Progressing")
                ? new Look(
                        read.outcome(),
                        Stage.HELD,
                        "no sync of " + name + " is running, but what it has applied still rolls out")
                : new Look(read.outcome(), Stage.STANDS, "no sync of " + name + " is running and nothing rolls out");
    }

    private static String projectOf(JsonNode application) {
        return ApplicationName.of(application.path("spec").path("project").asText("default"))
                .name();
    }

    private boolean unguarded() {
        return window.isPresent() && !DenyWindow.in(project, name.name());
    }

    /** First that nothing begins again, then what runs. */
    @Override
    public Outcome stop(String signalId) {
        if (window.isPresent() && unguarded()) {
            Outcome outcome = api.update(window.get().addTo(project, name.name(), signalId));
            if (outcome.kind() != Kind.DELIVERED || !syncs) {
                return outcome;
            }
        }
        return api.terminate(name);
    }

    @Override
    public Outcome release() {
        if (window.isEmpty()) {
            return Outcome.unconcerned(name() + " was ended, and begins again when Argo CD or a person wants it to");
        }
        ArgoCdApi.Read application = api.application(name);
        if (application.outcome().httpStatus().orElse(0) == 404) {
            return Outcome.unconcerned(name + " is gone");
        }
        if (application.outcome().kind() != Kind.DELIVERED) {
            return application.outcome();
        }
        ArgoCdApi.Read found = api.project(projectOf(application.object()));
        if (found.outcome().kind() != Kind.DELIVERED) {
            return found.outcome();
        }
        return DenyWindow.owned(found.object(), name.name())
                ? api.update(DenyWindow.takenFrom(found.object(), name.name()))
                : Outcome.unconcerned("no sync window of " + name + " is Andon's");
    }
}
