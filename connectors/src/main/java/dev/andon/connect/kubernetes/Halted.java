package dev.andon.connect.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The annotation that an object carries while Andon keeps it halted: by which signal, and what was there before. */
final class Halted {
    static final String ANNOTATION = "andon.dev/halted";

    private Halted() {}

    /** The patch with the annotation added to it. What a first halt found is kept by every later one. */
    static ObjectNode annotated(ObjectNode patch, JsonNode object, String signalId, String rolloutId) {
        ObjectNode note = Json.object();
        note.put("signal", signalId);
        note.put("rollout", rolloutId);
        JsonNode known = before(object);
        note.set("before", known.isMissingNode() ? inverse(patch, object) : known);
        ObjectNode whole = patch.deepCopy();
        ObjectNode metadata = whole.putObject("metadata");
        // Somebody else may change the object between reading and writing: then the server refuses, and it is read
        // again.
        metadata.set("resourceVersion", object.path("metadata").path("resourceVersion"));
        metadata.putObject("annotations").put(ANNOTATION, new String(Json.bytes(note), StandardCharsets.UTF_8));
        return whole;
    }

    /** The patch that restores what was there, annotation and all. */
    static ObjectNode restored(JsonNode object) {
        JsonNode before = before(object);
        ObjectNode patch = before.isObject() ? before.deepCopy() : Json.object();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.set("resourceVersion", object.path("metadata").path("resourceVersion"));
        metadata.putObject("annotations").putNull(ANNOTATION);
        return patch;
    }

    /** The rollout for which it is halted; empty when it is not. */
    static String rollout(JsonNode object) {
        return note(object).path("rollout").asText("");
    }

    /** What its fields held; a missing node when it is not halted. */
    static JsonNode before(JsonNode object) {
        return note(object).path("before");
    }

    private static JsonNode note(JsonNode object) {
        return Json.answered(
                object.path("metadata").path("annotations").path(ANNOTATION).asText("{}"));
    }

    /** A merge patch that undoes a merge patch: for each field the value that the object has, null where it has none. */
    static ObjectNode inverse(JsonNode patch, JsonNode object) {
        ObjectNode inverse = Json.object();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode now = object.path(field.getKey());
            if (field.getValue().isObject() && now.isObject()) {
                inverse.set(field.getKey(), inverse(field.getValue(), now));
            } else if (now.isMissingNode()) {
                inverse.putNull(field.getKey());
            } else {
                inverse.set(field.getKey(), now);
            }
        }
        return inverse;
    }
}
