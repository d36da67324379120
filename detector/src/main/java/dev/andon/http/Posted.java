package dev.andon.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a body: one JSON object, an array of them, or JSON Lines. Never holds more than the limit. */
final class Posted {
    static final int MOST_BYTES = 5 << 20;
    private static final int MOST_PARTS = 10_000;

    private Posted() {}

    /**
     * One object of a body, as text.
     *
     * @param at where it stood, e.g. {@code event 3}
     */
    record Part(String at, String json) {}

    static List<Part> parts(Context context) {
        String body = text(context);
        List<Part> parts = lines(context) ? ofLines(body) : ofJson(body);
        if (parts.isEmpty())
            throw Problem.badRequest("empty", "the body holds no event; send one object, an array or JSON Lines");
        if (parts.size() > MOST_PARTS) {
            throw Problem.tooLarge(
                    "the body holds " + parts.size() + " events; send at most " + MOST_PARTS + " at a time");
        }
        return parts;
    }

    /** Returns the body of a request that holds exactly one object. */
    static JsonNode object(Context context) {
        JsonNode node = parse(text(context));
        if (!node.isObject()) throw Problem.badRequest("not-an-object", "the body must be one JSON object");
        return node;
    }

    private static boolean lines(Context context) {
        String type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
        return type.contains("ndjson") || type.contains("jsonl") || type.contains("json-lines");
    }

    private static List<Part> ofLines(String body) {
        List<Part> parts = new ArrayList<>();
        int number = 0;
        for (String line : body.split("\n", -1)) {
            number++;
            if (!line.isBlank()) parts.add(new Part("line " + number, line));
        }
        return parts;
    }

    private static List<Part> ofJson(String body) {
        JsonNode node = parse(body);
        if (!node.isArray()) return List.of(new Part("event 1", body));
        List<Part> parts = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++)
            parts.add(new Part("event " + (i + 1), node.get(i).toString()));
        return parts;
    }

    private static JsonNode parse(String body) {
        try {
            return Json.parse(body);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw Problem.badRequest(
                    "not-json",
                    "the body is not JSON: " + e.getOriginalMessage() + where
                            + "; for JSON Lines send Content-Type: application/x-ndjson");
        }
    }

    private static String text(Context context) {
        try (InputStream in = context.bodyInputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Problem.tooLarge("the body has more than " + MOST_BYTES + " bytes; send it in parts");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("not-utf-8", "the body is not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
