package dev.andon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How far a signal that stands has come, in the lines of {@code andon status}. */
final class StatusDelivery {
    private static final List<String> STEPS = List.of("sent", "acknowledged", "verified", "suppressed");

    private StatusDelivery() {}

    /**
     * One line for the whole way and one for each sink that is in trouble.
     *
     * @param delivered as the API tells it; missing from an older service, which gives no line
     */
    static List<String> lines(String action, JsonNode delivered) {
        List<String> lines = new ArrayList<>();
        if (!delivered.has("emitted")) return lines;
        String emitted = delivered.path("emitted").asText();
        StringBuilder way = new StringBuilder(action).append(" emitted ").append(emitted);
        int repetitions = delivered.path("repetitions").asInt();
        if (repetitions > 0) way.append(", said again ").append(repetitions == 1 ? "once" : repetitions + " times");
        for (String step : STEPS) {
            String taken = step(step, emitted, delivered.path("sinks"));
            if (!taken.isEmpty()) way.append(", ").append(taken);
        }
        if (delivered.path("sinks").isEmpty()) way.append(", not sent by any sink");
        if (delivered.has("stopped")) {
            way.append(", stopped ")
                    .append(after(emitted, delivered.path("stopped").asText()));
        }
        lines.add(way.toString());
        if (delivered.has("haltedAfterMillis")) {
            lines.add("halted "
                    + Quantities.seconds(delivered.path("haltedAfterMillis").asLong() / 1e3) + " after the HALT");
        }
        delivered.path("sinks").forEach(sink -> {
            if (sink.has("trouble")) lines.add(trouble(sink));
        });
        return lines;
    }

    /** E.g. {@code sent +0.4 s (cd, pager)}: the time of the first, then everybody who got there. */
    private static String step(String step, String emitted, JsonNode sinks) {
        List<String> names = new ArrayList<>();
        String first = "";
        for (JsonNode sink : sinks) {
            String time = sink.path(step).asText();
            if (time.isEmpty()) continue;
            names.add(sink.path("sink").asText());
            if (first.isEmpty() || Instant.parse(time).isBefore(Instant.parse(first))) first = time;
        }
        return names.isEmpty() ? "" : step + " " + after(emitted, first) + " (" + String.join(", ", names) + ")";
    }

    private static String after(String emitted, String time) {
        double seconds =
                Duration.between(Instant.parse(emitted), Instant.parse(time)).toMillis() / 1e3;
        // The clocks are different ones: an answer may seem to come before the question.
        return (seconds < 0 ? "-" : "+") + Quantities.seconds(Math.abs(seconds));
    }

    private static String trouble(JsonNode sink) {
        long failures = sink.path("failures").asLong();
        return sink.path("sink").asText() + " failed " + (failures == 1 ? "once" : failures + " times") + ": "
                + sink.path("trouble").asText()
                + (sink.has("retryAt")
                        ? "; tried again at " + sink.path("retryAt").asText()
                        : "; given up");
    }
}
