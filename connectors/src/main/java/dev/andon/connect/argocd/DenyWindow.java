package dev.andon.connect.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Json;
import java.nio.charset.StandardCharsets;

/**
 * A sync window that is always open and denies the syncs of one application. Whose windows are Andon's stands in an
 * annotation of the project: a window that a person made, though it be the same, is never taken out.
 *
 * @param allowManual whether a person may still sync
 */
record DenyWindow(boolean allowManual) {
    static final String ANNOTATION = "andon.dev/halted";

    private static final String ALWAYS = "* * * * *";
    private static final String DURATION = "24h";

    /** Whether the project denies the syncs of this application, whoever wants that. */
    static boolean in(JsonNode project, String application) {
        for (JsonNode window : project.path("spec").path("syncWindows")) {
            if (is(window, application)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the window is one that Andon has put there. */
    static boolean owned(JsonNode project, String application) {
        return owners(project).has(application);
    }

    /** The project with the window. */
    ObjectNode addTo(JsonNode project, String application, String signalId) {
        ObjectNode changed = project.deepCopy();
        ObjectNode spec = changed.withObject("/spec");
        ArrayNode windows =
                spec.path("syncWindows").isArray() ? (ArrayNode) spec.get("syncWindows") : spec.putArray("syncWindows");
        ObjectNode window = windows.addObject();
        window.put("kind", "deny").put("schedule", ALWAYS).put("duration", DURATION);
        window.putArray("applications").add(application);
        window.put("manualSync", allowManual).put("timeZone", "UTC");
        ObjectNode owners = owners(project);
        owners.put(application, signalId);
        note(changed, owners);
        return changed;
    }

    /** The project as it was before {@link #addTo}, apart from what others have changed since. */
    static ObjectNode takenFrom(JsonNode project, String application) {
        ObjectNode changed = project.deepCopy();
        ObjectNode spec = changed.withObject("/spec");
        if (spec.path("syncWindows") instanceof ArrayNode windows) {
            for (int i = windows.size() - 1; i >= 0; i--) {
                if (is(windows.get(i), application)) {
                    windows.remove(i);
                    break;
                }
            }
            if (windows.isEmpty()) {
                spec.remove("syncWindows");
            }
        }
        ObjectNode owners = owners(project);
        owners.remove(application);
        note(changed, owners);
        return changed;
    }

    private static boolean is(JsonNode window, String application) {
        JsonNode applications = window.path("applications");
        return window.path("kind").asText().equals("deny")
                && window.path("schedule").asText().equals(ALWAYS)
                && window.path("duration").asText().equals(DURATION)
                && applications.size() == 1
                && applications.get(0).asText().equals(application)
                && window.path("namespaces").isEmpty()
                && window.path("clusters").isEmpty();
    }

    private static ObjectNode owners(JsonNode project) {
        JsonNode note = Json.answered(
                project.path("metadata").path("annotations").path(ANNOTATION).asText("{}"));
        return note instanceof ObjectNode owners ? owners : Json.object();
    }

    private static void note(ObjectNode project, ObjectNode owners) {
        ObjectNode metadata = project.withObject("/metadata");
        if (!owners.isEmpty()) {
            metadata.withObject("/annotations").put(ANNOTATION, new String(Json.bytes(owners), StandardCharsets.UTF_8));
        } else if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
    }
}
