package dev.andon.connect.webhook;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the body of a request out of the JSON of a signal, by a Mustache template. What stands in a signal is escaped for
 * the content type, so that no name of a workload can break out of its place. A name that a signal cannot have is an
 * error and not an empty text.
 */
final class BodyTemplate {
    static final String JSON = "application/json";

    /** The JSON of the signal as it is. */
    static final BodyTemplate NONE = new BodyTemplate(null, JSON);

    private static final Map<String, Mustache.Escaper> ESCAPERS = new TreeMap<>(Map.of(
            JSON,
            raw -> new String(JsonStringEncoder.getInstance().quoteAsString(raw)),
            "application/x-www-form-urlencoded",
            raw -> URLEncoder.encode(raw, StandardCharsets.UTF_8),
            "application/xml",
            Escapers.HTML,
            "text/html",
            Escapers.HTML,
            "text/plain",
            Escapers.NONE));

    private static final List<String> FIELDS = List.of(
            "time",
            "signalId",
            "action",
            "rolloutId",
            "cluster",
            "onset",
            "probability",
            "reason",
            "evidence",
            "candidates",
            "exposure",
            "until",
            "expires",
            "mode",
            "truncated");
    private static final Map<String, List<String>> FIELDS_OF_LISTS = Map.of(
            "evidence",
            List.of("series", "kind", "before", "after", "unit", "onset", "falseAlarmProbability", "samples"),
            "candidates",
            List.of("rolloutId", "probability", "exonerated", "why"));
    private static final List<String> ACTIONS = List.of("HALT", "HOLD", "CLEAR", "ALARM");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    /** All there can be, with what JSON, HTML and forms would stumble over. */
    private static final String RICHEST = """
            {"time":"2024-12-11T22:51:15Z","signalId":"s","action":"HALT","rolloutId":"a\\"\\\\&<b>","cluster":"c\\n",
             "onset":"2024-12-11T22:51:05Z","probability":0.97,"reason":"r\\"\\\\\\t&</x>",
             "evidence":[{"series":"s\\"","kind":"SHIFT","before":0.21,"after":4.8,"unit":"s",
                          "onset":"2024-12-11T22:51:05Z","falseAlarmProbability":1e-6,"samples":2},
                         {"series":"t","kind":"SHIFT","samples":1}],
             "candidates":[{"rolloutId":"a","probability":0.97},
                           {"rolloutId":"b","probability":0.02,"exonerated":true,"why":"w\\""}],
             "exposure":{"updated":310,"total":3000,"clusters":1},"until":"2024-12-11T23:51:15Z",
             "expires":"2024-12-11T23:51:15Z","mode":"OBSERVE",
             "truncated":{"evidence":1,"candidates":2,"reason":true}}
            """;

    /** What there is at least of each action. */
    private static final Map<String, String> POOREST = Map.of(
            "HALT",
            "\"rolloutId\":\"a\",\"cluster\":\"c\",\"exposure\":{\"updated\":1,\"total\":2,\"clusters\":1}",
            "HOLD",
            "\"rolloutId\":\"a\",\"until\":\"2024-12-11T23:51:15Z\"",
            "CLEAR",
            "\"rolloutId\":\"a\"",
            "ALARM",
            "\"cluster\":\"c\",\"onset\":\"2024-12-11T22:51:05Z\"");

    private final @Nullable Template template;
    private final String contentType;

    private BodyTemplate(@Nullable Template template, String contentType) {
        this.template = template;
        this.contentType = contentType;
    }

    static boolean knows(String contentType) {
        return ESCAPERS.containsKey(contentType);
    }

    static String contentTypes() {
        return String.join(", ", ESCAPERS.keySet());
    }

    /**
     * Reads a template and tries it with signals of every action.
     *
     * @throws IllegalArgumentException saying what is wrong with it, and never showing it: it may hold a key
     */
    static BodyTemplate parse(String text, String contentType) {
        Mustache.Escaper escaper = ESCAPERS.get(contentType);
        if (escaper == null) {
            throw new IllegalArgumentException("is of no known content type");
        }
        BodyTemplate made;
        try {
            // Absent is empty, unknown is an error.
            Template template = Mustache.compiler()
                    .withEscaper(escaper)
                    .strictSections(true)
                    .nullValue("")
                    .compile(text);
            made = new BodyTemplate(template, contentType);
        } catch (MustacheException e) {
            throw new IllegalArgumentException("is no Mustache template; check that every section is closed", e);
        }
        var unused = made.render(RICHEST.getBytes(StandardCharsets.UTF_8));
        for (String action : ACTIONS) {
            String signal = "{\"time\":\"2024-12-11T22:51:15Z\",\"signalId\":\"s\",\"action\":\"" + action
                    + "\",\"reason\":\"r\"," + POOREST.get(action) + "}";
            made.tryWith(action, signal);
        }
        return made;
    }

    private void tryWith(String action, String signal) {
        try {
            var unused = render(signal.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", for a short " + action, e);
        }
    }

    String contentType() {
        return contentType;
    }

    /**
     * The body for a signal.
     *
     * @param signalJson the JSON of the signal, or as much of it as is to be sent
     * @throws IllegalArgumentException when the template makes nothing that could be sent
     */
    byte[] render(byte[] signalJson) {
        if (template == null) {
            return signalJson;
        }
        byte[] body;
        try {
            body = template.execute(context(signalJson)).getBytes(StandardCharsets.UTF_8);
        } catch (MustacheException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "names something that no signal has, or a partial; the fields are those of the signal's JSON", e);
        }
        if (contentType.equals(JSON)) {
            requireJson(body);
        }
        return body;
    }

    private static void requireJson(byte[] body) {
        try {
            if (MAPPER.readTree(body).isMissingNode()) {
                throw new IllegalArgumentException("makes an empty body");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "makes no valid JSON; check commas and quotes, and that three braces stand around signal only", e);
        }
    }

    private static Map<String, @Nullable Object> context(byte[] signalJson) {
        try {
            Map<String, @Nullable Object> context = MAPPER.readValue(signalJson, OBJECT);
            FIELDS.forEach(field -> context.putIfAbsent(field, null));
            FIELDS_OF_LISTS.forEach((list, fields) -> context.compute(list, (name, value) -> complete(value, fields)));
            for (String action : ACTIONS) {
                context.put(action.toLowerCase(Locale.ROOT), action.equals(context.get("action")));
            }
            context.put("signal", new String(signalJson, StandardCharsets.UTF_8));
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException("the JSON of a signal cannot be read", e);
        }
    }

    /** An entry that lacks a field must not be given that of the signal instead. */
    private static List<Map<String, @Nullable Object>> complete(@Nullable Object entries, List<String> fields) {
        if (!(entries instanceof List<?> list)) {
            return List.of();
        }
        return list.stream()
                .map(entry -> complete(MAPPER.convertValue(entry, OBJECT), fields))
                .toList();
    }

    private static Map<String, @Nullable Object> complete(Map<String, @Nullable Object> entry, List<String> fields) {
        Map<String, @Nullable Object> complete = new HashMap<>(entry);
        fields.forEach(field -> complete.putIfAbsent(field, null));
        return complete;
    }
}
