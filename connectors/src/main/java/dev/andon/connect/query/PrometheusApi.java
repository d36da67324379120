package dev.andon.connect.query;

import dev.andon.connect.common.Trust;
import dev.andon.connect.common.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/** Asks the server once and says what came of it. Never retries and never follows a redirect. */
final class PrometheusApi {
    private final QuerySettings settings;
    private final HttpClient client;

    PrometheusApi(QuerySettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .sslContext(Trust.context(settings.ca(), Optional.empty(), Optional.empty()))
                .build();
    }

    /** What came of a request. */
    sealed interface Result {
        /** An answer. */
        record Answered(RangeAnswer answer) implements Result {}

        /** None, and why. */
        record Failed(Refusal reason, String message) implements Result {}
    }

    Result range(RangeQuery query, Steps steps) throws InterruptedException {
        String form = "query=" + URLEncoder.encode(query.promql(), StandardCharsets.UTF_8)
                + "&start=" + steps.fromMillis() / 1000.0
                + "&end=" + steps.toMillis() / 1000.0
                + "&step=" + settings.step().toMillis() / 1000.0;
        return ask("/api/v1/query_range", form);
    }

    private Result ask(String path, String form) throws InterruptedException {
        String base = settings.url().toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(settings.timeout())
                .header("User-Agent", Version.userAgent())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        try {
            token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        } catch (IOException | IllegalArgumentException e) { // the latter's message quotes the header
            return new Result.Failed(
                    Refusal.UNAUTHORIZED, "the bearer token cannot be read; check that it is one line");
        }
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return answered(answer.statusCode(), body.readNBytes(settings.maxBytes() + 1));
            }
        } catch (IOException e) {
            return new Result.Failed(
                    Refusal.UNREACHABLE,
                    "no answer (" + e.getClass().getSimpleName() + "); check prometheus.url and the network");
        }
    }

    private Result answered(int status, byte[] body) {
        if (status == 401 || status == 403) {
            return new Result.Failed(Refusal.UNAUTHORIZED, "answered " + status + "; check the token");
        }
        if (body.length > settings.maxBytes()) {
            return new Result.Failed(
                    Refusal.UNREADABLE,
                    "the answer is larger than " + settings.maxBytes() + " bytes; lower request.max.steps");
        }
        try {
            RangeAnswer answer = RangeAnswer.read(body);
            return status == 200
                    ? new Result.Answered(answer)
                    : new Result.Failed(Refusal.QUERY_FAILED, "answered " + status);
        } catch (IOException e) {
            return new Result.Failed(
                    status == 200 ? Refusal.UNREADABLE : Refusal.QUERY_FAILED,
                    "answered " + status + ": " + shortened("" + e.getMessage()));
        }
    }

    private Optional<String> token() throws IOException {
        return settings.tokenFile().isPresent()
                ? Optional.of(Files.readString(settings.tokenFile().get()).strip())
                : settings.token().map(token -> token.value());
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300);
    }
}
