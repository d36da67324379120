package dev.andon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a Prometheus server, or what speaks its API, for the running totals of a span of time. */
final class PrometheusHistory {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int MOST_SAID = 200;
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI base;
    private final Optional<String> token;
    private final Duration step;

    /** @param token bearer token */
    PrometheusHistory(URI base, Optional<String> token, Duration step) {
        this.base = base;
        this.token = token;
        this.step = step;
    }

    /** One series: its total by step from the beginning, NaN where the server has nothing. */
    static final class Totals {
        private final Map<String, String> labels;
        private final double[] totals;

        private Totals(Map<String, String> labels, double[] totals) {
            this.labels = labels;
            this.totals = totals;
        }

        Map<String, String> labels() {
            return labels;
        }

        /** @return how much more at {@code index} than one step before; NaN after a reset or a gap */
        double more(int index) {
            double more = totals[index] - totals[index - 1];
            return more >= 0 ? more : Double.NaN;
        }
    }

    /** @return the series of the answer, at {@code from}, {@code from + step} and so on up to {@code to} */
    List<Totals> range(String query, Instant from, Instant to) {
        String form = "query=" + encoded(query) + "&start=" + seconds(from) + "&end=" + seconds(to) + "&step="
                + step.toMillis() / 1e3;
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.toString().replaceAll("/+$", "") + "/api/v1/query_range"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", "andon/" + Version.text())
                .POST(HttpRequest.BodyPublishers.ofString(form));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) throw refused(answer.statusCode(), body);
                int steps = (int) Duration.between(from, to).dividedBy(step) + 1;
                return read(body, from, steps);
            }
        } catch (IOException e) {
            throw CommandException.failed(base + " does not answer: " + e + "; check --prometheus", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        }
    }

    private CommandException refused(int status, InputStream body) throws IOException {
        String said = new String(body.readNBytes(MOST_SAID), StandardCharsets.UTF_8);
        String todo = status == 401 || status == 403
                ? "give a token with --bearer-token-file"
                : status == 422 || status == 503 ? "ask for less: a larger --step" : "check --prometheus";
        return CommandException.failed(base + " answered " + status + " (" + said.strip() + "); " + todo);
    }

    /** Reads as it comes: an answer of some hours has millions of points. */
    private List<Totals> read(InputStream body, Instant from, int steps) throws IOException {
        List<Totals> all = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME && "metric".equals(parser.currentName())) {
                    all.add(series(parser, from, steps));
                }
            }
        }
        return all;
    }

    private Totals series(JsonParser parser, Instant from, int steps) throws IOException {
        Map<String, String> labels = new TreeMap<>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            labels.put(name, parser.nextTextValue());
        }
        double[] totals = new double[steps];
        Arrays.fill(totals, Double.NaN);
        parser.nextToken(); // values
        parser.nextToken(); // [
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            double time = parser.getDoubleValue();
            String value = parser.nextTextValue();
            parser.nextToken();
            int index = (int) Math.round((time * 1e3 - from.toEpochMilli()) / step.toMillis());
            if (index >= 0 && index < steps && value != null && !value.contains("Inf")) {
                totals[index] = Double.parseDouble(value);
            }
        }
        return new Totals(labels, totals);
    }

    private static String seconds(Instant time) {
        return String.valueOf(time.toEpochMilli() / 1e3);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
