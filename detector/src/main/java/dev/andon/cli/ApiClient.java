package dev.andon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running service over HTTP. */
final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI base;

    /** @param base e.g. {@code http://127.0.0.1:8080} */
    ApiClient(URI base) {
        if (base.getScheme() == null || !base.getScheme().startsWith("http") || base.getHost() == null) {
            throw CommandException.badInput("--url " + base + " is no address such as http://127.0.0.1:8080");
        }
        this.base = base;
    }

    JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, String token, JsonNode body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("User-Agent", "andon-cli/" + Version.text());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 == 2) return MAPPER.readTree(answer.body());
            throw CommandException.failed(base + " refused: " + detail(answer));
        } catch (ConnectException e) {
            throw CommandException.failed(
                    "nobody answers at " + base + "; is andon run started, and is --url right?", e);
        } catch (IOException e) {
            throw CommandException.failed(base + " did not answer as Andon does: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while waiting for " + base, e);
        }
    }

    private static String detail(HttpResponse<String> answer) {
        try {
            JsonNode detail = MAPPER.readTree(answer.body()).path("detail");
            return detail.isTextual() ? detail.asText() : "HTTP " + answer.statusCode();
        } catch (JsonProcessingException notOurs) {
            return "HTTP " + answer.statusCode();
        }
    }
}
