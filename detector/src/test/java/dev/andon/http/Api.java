package dev.andon.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.domain.Mode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.http.view.FleetView;
import dev.andon.service.config.HttpConfig;
import dev.andon.service.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real server on a free port, with what it needs in memory, and a client for it. */
final class Api implements AutoCloseable, Inbox, Readiness {
    static final Instant NOW = Instant.parse("2026-01-14T22:30:00Z");
    static final String TOKEN = "a-token-of-a-test-0123456789";

    final FleetView view = new FleetView();
    final EventHub events = new EventHub();
    final List<RolloutEvent> posted = new ArrayList<>();
    final List<OperatorOverride> overrides = new ArrayList<>();
    Optional<String> fatal = Optional.empty();
    Optional<String> notReady = Optional.empty();
    Instant currentAsOf = NOW;
    boolean kafkaAway;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpApi server;

    Api(List<HttpConfig.Token> tokens) {
        server = HttpApi.start(
                new HttpConfig("127.0.0.1", 0, tokens),
                new HttpApi.Parts(
                        view,
                        events,
                        this,
                        this,
                        () -> "andon_up 1\n",
                        Mode.OBSERVE,
                        Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    static Api open() {
        return new Api(List.of(new HttpConfig.Token("ci", new Secret(TOKEN))));
    }

    int port() {
        return server.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> postLines(String path, String body) {
        return send(request(path)
                .header("Authorization", "bearer " + TOKEN)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> postAs(String authorization, BodyPublisher body) {
        return send(request("/v1/rollouts")
                .header("Authorization", authorization)
                .POST(body)
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.ours(response.body());
    }

    @Override
    public void rollouts(List<RolloutEvent> accepted) {
        if (kafkaAway) throw new NotAccepted("Kafka did not answer within 10 s", new IllegalStateException());
        posted.addAll(accepted);
    }

    @Override
    public void override(OperatorOverride override) {
        if (kafkaAway) throw new NotAccepted("Kafka did not answer within 10 s", new IllegalStateException());
        overrides.add(override);
    }

    @Override
    public Optional<String> fatal() {
        return fatal;
    }

    @Override
    public Optional<String> notReady() {
        return notReady;
    }

    @Override
    public Instant currentAsOf() {
        return currentAsOf;
    }

    @Override
    public void close() {
        server.close();
    }
}
