package dev.andon.connect.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a JSON object that somebody else wrote: by path, and forgiving about numbers in quotes. */
final class Body {
    private static final int MAX_TEXT = 1_000;

    private final JsonNode json;

    Body(JsonNode json) {
        this.json = json;
    }

    /** @return the text or number there; empty when there is none, or nothing in it */
    Optional<String> text(String pointer) {
        JsonNode node = json.at(pointer);
        if (!node.isValueNode() || node.isNull()) {
            return Optional.empty();
        }
        String text = node.asText().strip();
        // What a template has no value for.
        boolean none = text.isEmpty() || text.equals("<no value>") || text.equals("null");
        return none ? Optional.empty() : Optional.of(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT));
    }

    /** @throws RefusedException saying what is missing */
    String required(String pointer) throws RefusedException {
        return text(pointer)
                .orElseThrow(
                        () -> RefusedException.notUnderstood("the body has nothing at " + pointer.replace('/', '.')));
    }

    /** @return the whole number there, {@code >= 0} */
    OptionalLong count(String pointer) {
        try {
            long count = Long.parseLong(text(pointer).orElse("-1"));
            return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /**
     * The instant there: ISO-8601, or milliseconds since the epoch.
     *
     * @return empty when there is none; year 1 is how Go writes a time that was never set, and Kafka has no word for
     *     anything before 1970
     */
    Optional<Instant> time(String pointer) {
        return anyTime(pointer).filter(time -> !time.isBefore(Instant.EPOCH));
    }

    private Optional<Instant> anyTime(String pointer) {
        Optional<String> text = text(pointer);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong millis = count(pointer);
        try {
            return Optional.of(
                    millis.isPresent()
                            ? Instant.ofEpochMilli(millis.getAsLong())
                            : OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    boolean isTrue(String pointer) {
        return text(pointer).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** @return the object or array there, empty when there is none */
    Body at(String pointer) {
        return new Body(json.at(pointer));
    }

    JsonNode json() {
        return json;
    }
}
