package dev.andon.connect.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an EventList of audit.k8s.io/v1 as a stream: objects of requests and answers are passed over, not kept. */
final class EventListReader {
    private static final int MAX_TEXT = 2_000;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNumberLength(100)
                    .maxNameLength(10_000)
                    .build())
            .build();

    /**
     * What one list says.
     *
     * @param calls in the order of the list
     * @param notCounted events that are no end of a request of interest
     * @param bad events that lack what they need
     */
    record Events(List<Call> calls, int notCounted, int bad) {}

    Events read(byte[] body) throws RefusedException {
        try (JsonParser parser = json.createParser(body)) {
            return list(parser);
        } catch (IOException e) {
            throw new RefusedException(Refusal.BAD_JSON, "the body is not JSON, or not all of it");
        }
    }

    private static Events list(JsonParser parser) throws IOException, RefusedException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new RefusedException(Refusal.NOT_AN_EVENT_LIST, "the body is no JSON object; expected an EventList");
        }
        String kind = "";
        var calls = new ArrayList<Call>();
        int notCounted = 0;
        int bad = 0;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (field.equals("kind")) {
                kind = parser.getValueAsString("");
            } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    Call.Draft event = event(parser);
                    Optional<Call.Key> key = event.key();
                    Optional<Call> call = key.flatMap(known -> call(event, known));
                    call.ifPresent(calls::add);
                    notCounted += key.isEmpty() ? 1 : 0;
                    bad += key.isPresent() && call.isEmpty() ? 1 : 0;
                }
            } else {
                parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new RefusedException(Refusal.BAD_JSON, "the body ends within the list");
        }
        if (!kind.equals("EventList")) {
            throw new RefusedException(
                    Refusal.NOT_AN_EVENT_LIST,
                    "the kind is '" + shortened(kind) + "'; expected an EventList of audit.k8s.io/v1");
        }
        return new Events(calls, notCounted, bad);
    }

    private static Call.Draft event(JsonParser parser) throws IOException {
        var event = new Call.Draft();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "stage" -> event.stage = text(parser);
                case "verb" -> event.verb = text(parser);
                case "userAgent" -> event.userAgent = text(parser);
                case "requestReceivedTimestamp" -> event.received = text(parser);
                case "stageTimestamp" -> event.ended = text(parser);
                case "user" ->
                    nested(parser, (name, value) -> {
                        if (name.equals("username")) {
                            event.user = value;
                        }
                    });
                case "responseStatus" ->
                    nested(parser, (name, value) -> {
                        if (name.equals("code")
                                && value.length() == 3
                                && value.chars().allMatch(Character::isDigit)) {
                            event.code = Integer.parseInt(value);
                        }
                    });
                case "objectRef" -> nested(parser, (name, value) -> objectRef(event, name, value));
                default -> parser.skipChildren();
            }
        }
        return event;
    }

    private static void objectRef(Call.Draft event, String name, String value) {
        switch (name) {
            case "resource" -> event.resource = value;
            case "subresource" -> event.subresource = value;
            case "namespace" -> event.namespace = value;
            case "name" -> event.name = value;
            default -> {}
        }
    }

    private interface Field {
        void is(String name, String value);
    }

    private static void nested(JsonParser parser, Field field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            field.is(name, text(parser));
        }
    }

    private static String text(JsonParser parser) throws IOException {
        String text = parser.getValueAsString();
        parser.skipChildren();
        return text == null ? "" : shortened(text);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    private static Optional<Call> call(Call.Draft event, Call.Key key) {
        try {
            Instant received = Instant.parse(event.received);
            Instant ended = Instant.parse(event.ended);
            double latency = Duration.between(received, ended).toNanos() / 1e9;
            return event.user.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Call(ended.toEpochMilli(), Math.max(0, latency), key, event.code));
        } catch (DateTimeException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }
}
