package dev.andon.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One part of a list: {@code ?limit=} says how many, {@code ?after=} behind which one. Whoever follows {@code next} sees every
 * entry that was there all the time, whatever comes and goes meanwhile.
 *
 * @param limit at least 1
 * @param after the {@code next} of the part before; empty for the first
 */
record Page(int limit, Optional<String> after) {
    static final int MOST = 1_000;

    /** @param usual how many when the caller does not say, at most {@link #MOST} */
    static Page of(Context context, int usual) {
        String limit = context.queryParam("limit");
        return new Page(
                limit == null ? usual : number(limit),
                Optional.ofNullable(context.queryParam("after")).filter(key -> !key.isEmpty()));
    }

    private static int number(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) return limit;
        } catch (NumberFormatException notANumber) {
            // Told below, like a number that is out of range.
        }
        throw Problem.badRequest(
                "invalid-limit", "limit must be a number from 1 to " + MOST + " but was \"" + text + "\"");
    }

    /**
     * Puts one part of the list into an answer, with {@code total} and, when there is more, {@code next}.
     *
     * @param key different for every entry, and the same as long as it lives
     * @param order of the keys
     */
    <T> void put(
            ObjectNode answer,
            String name,
            List<T> all,
            Function<T, String> key,
            Comparator<String> order,
            Function<T, ? extends JsonNode> json) {
        List<T> rest = all.stream()
                .filter(value -> after.isEmpty() || order.compare(key.apply(value), after.get()) > 0)
                .sorted(Comparator.comparing(key, order))
                .toList();
        ArrayNode part = answer.putArray(name);
        rest.stream().limit(limit).forEach(value -> part.add(json.apply(value)));
        answer.put("total", all.size());
        if (rest.size() > limit) answer.put("next", key.apply(rest.get(limit - 1)));
    }
}
