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
        JsonNode status = read.object().path("status");
        String phase = status.path("operationState").path("phase").asText("");
        boolean ending = phase.equals("Terminating");
        syncs = !ending
                && (phase.equals("Running") || read.object().path("operation").isObject());
        Outcome found = window.isPresent() ? readProject(projectOf(read.object())) : read.outcome();
        // Who may not see the project can end the sync all the same; that the window is missing is said afterwards.
        if (found.kind() != Kind.DELIVERED && !(syncs && found.kind() == Kind.REJECTED)) {
            return new Look(found, Stage.MOVES, "");
        }
        if (syncs || unguarded()) {
            return new Look(read.outcome(), Stage.MOVES, "");
        }
        return ending
                ? new Look(read.outcome(), Stage.WAITS, name() + " is being terminated")
                : ended(read.outcome(), status.path("health").path("status").asText());
    }

    /** Whatever was applied goes on without Argo CD: only the workload itself can be stopped then. */
    private Look ended(Outcome outcome, String health) {
        return health.equals("Progressing")
                ? new Look(
                        outcome,
                        Stage.HELD,
                        "no sync of " + name + " is running, but what it has applied still rolls out")
                : new Look(outcome, Stage.STANDS, "no sync of " + name + " is running and nothing rolls out");
    }

    private Outcome readProject(String projectName) {
        ArgoCdApi.Read found = api.project(projectName);
        project = found.outcome().kind() == Kind.DELIVERED ? found.object() : MissingNode.getInstance();
        return found.outcome();
    }

    private static String projectOf(JsonNode application) {
        return ApplicationName.of(application.path("spec").path("project").asText("default"))
                .name();
    }

    private boolean unguarded() {
        return window.isPresent() && project.isObject() && !DenyWindow.in(project, name.name());
    }

    /** First that nothing begins again, then what runs; that also where the window is refused. */
    @Override
    public Outcome stop(String signalId) {
        if (window.isPresent() && unguarded()) {
            Outcome outcome = api.update(window.get().addTo(project, name.name(), signalId));
            if (outcome.kind() == Kind.RETRY || !syncs) {
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
