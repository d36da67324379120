package dev.andon.connect.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;

/** Gives an object back as it was before Andon halted it, and touches nothing that somebody else has stopped. */
final class Release {
    private Release() {}

    static Outcome of(Target target, ClusterApi api, String rolloutId) {
        ClusterApi.Read read = api.read(target);
        if (read.outcome().httpStatus().orElse(0) == 404) {
            return Outcome.unconcerned(target + " is gone");
        }
        if (read.outcome().kind() != Kind.DELIVERED) {
            return read.outcome();
        }
        if (!Halted.rollout(read.object()).equals(rolloutId)) {
            return Outcome.unconcerned(target + " was not halted for this rollout");
        }
        ObjectNode restored = Halted.restored(read.object());
        if (restored.has("status")) {
            ObjectNode status = Json.object();
            status.set("status", restored.get("status"));
            Outcome outcome = api.patch(target, "/status", status);
            boolean noSubresource = outcome.httpStatus().orElse(0) == 404;
            if (outcome.kind() != Kind.DELIVERED && !noSubresource) {
                return outcome;
            }
            if (!noSubresource) {
                restored.remove("status");
                restored.withObject("/metadata").remove("resourceVersion");
            }
        }
        return api.patch(target, "", restored);
    }
}
