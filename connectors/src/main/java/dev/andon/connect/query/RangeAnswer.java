package dev.andon.connect.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server answered to a range query.
 *
 * @param series in the order of the answer
 * @param partial whether the server warns that something may be missing
 */
record RangeAnswer(List<Series> series, boolean partial) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * One series.
     *
     * @param labels of it
     * @param points in the order of time
     */
    record Series(Map<String, String> labels, List<Point> points) {}

    /**
     * A value at a step.
     *
     * @param value NaN and infinite as the server says
     */
    record Point(long timeMillis, double value) {}

    /** @throws IOException when it is no answer to a range query, saying why */
    static RangeAnswer read(byte[] body) throws IOException {
        JsonNode json = JSON.readTree(body);
        if (!json.path("status").asText().equals("success")) {
            throw new IOException("the server says: " + json.path("errorType").asText("no status") + " "
                    + json.path("error").asText(""));
        }
        JsonNode data = json.path("data");
        if (!data.path("resultType").asText().equals("matrix")) {
            throw new IOException("the result is a '" + data.path("resultType").asText() + "'; expected a matrix");
        }
        var series = new ArrayList<Series>();
        for (JsonNode one : data.path("result")) {
            var labels = new LinkedHashMap<String, String>();
            one.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            var points = new ArrayList<Point>();
            for (JsonNode point : one.path("values")) {
                points.add(new Point(
                        Math.round(point.path(0).asDouble() * 1000),
                        number(point.path(1).asText())));
            }
            series.add(new Series(labels, points));
        }
        return new RangeAnswer(series, !json.path("warnings").isEmpty());
    }

    private static double number(String text) throws IOException {
        try {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw new IOException("the value '" + text + "' is no number", e);
        }
    }
}
