package dev.andon.connect.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names what is rolled out after its content. The same content has the same name, however an API server writes it: fields
 * come in this order or in that, and a field without a value is there or not, depending on whether the object is listed or
 * a change of it is sent, and on who wrote it last.
 */
final class Revision {
    /** The node selector by which Andon's own sink keeps the first rollout of a DaemonSet halted. */
    private static final String HALTED = "andon.dev/halted";

    private static final int DIGITS = 12;

    private Revision() {}

    /** The revision of a pod template. What a halt adds to it is not another one. */
    static String ofPods(JsonNode template) {
        if (!isTakenOffItsNodes(template)) {
            return hash(template);
        }
        ObjectNode wanted = template.deepCopy();
        ObjectNode selector = wanted.withObject("/spec/nodeSelector");
        selector.remove(HALTED);
        if (selector.isEmpty()) {
            wanted.withObject("/spec").remove("nodeSelector");
        }
        return hash(wanted);
    }

    /** Whether a halt keeps these pods off every node. */
    static boolean isTakenOffItsNodes(JsonNode template) {
        return template.at("/spec/nodeSelector").has(HALTED);
    }

    /** The revision of something that has these parts. */
    static String of(Map<String, JsonNode> parts) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.setAll(parts);
        return hash(whole);
    }

    private static String hash(JsonNode content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(sorted(content).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256; use a complete one", e);
        }
    }

    private static JsonNode sorted(JsonNode json) {
        if (json.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            json.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        json.properties().stream()
                .filter(field -> !field.getValue().isNull() && !field.getValue().isMissingNode())
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> fields.set(field.getKey(), sorted(field.getValue())));
        return fields;
    }
}
