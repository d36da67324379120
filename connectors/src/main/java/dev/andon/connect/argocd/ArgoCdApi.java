package dev.andon.connect.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Answer;
import dev.andon.connect.common.BearerToken;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The requests that the API server of Argo CD is sent. */
final class ArgoCdApi {
    /** What came of reading an object; the object is missing unless the outcome is DELIVERED. */
    record Read(Outcome outcome, JsonNode object) {}

    private final String address;
    private final BearerToken token;
    private final HttpTransport transport;

    ArgoCdApi(URI address, BearerToken token, HttpTransport transport) {
        this.address = address.toString().replaceAll("/+$", "");
        this.token = token;
        this.transport = transport;
    }

    /** Asks who we are. That is answered to anybody, so the answer has to be looked at. */
    Outcome ping() {
        Answer answer = exchange("GET", "/api/v1/session/userinfo", new byte[0]);
        JsonNode user = Json.answered(answer.body());
        if (answer.outcome().kind() != Kind.DELIVERED) {
            return answer.outcome();
        }
        if (!user.isObject()) {
            return answer.outcome()
                    .means(Kind.RETRY, Reason.PROTOCOL_ERROR, "what is there does not answer as Argo CD does");
        }
        return user.path("loggedIn").asBoolean()
                ? answer.outcome()
                : answer.outcome()
                        .means(Kind.REJECTED, Reason.AUTH, "Argo CD does not take the token: check the credentials");
    }

    Read application(ApplicationName name) {
        return read(name.path(""), name.toString());
    }

    Read project(String name) {
        return read("/api/v1/projects/" + name, "project " + name);
    }

    private Read read(String path, String what) {
        Answer answer = exchange("GET", path, new byte[0]);
        JsonNode object = Json.answered(answer.body());
        Outcome outcome = answer.outcome();
        if (answer.status() == 404) {
            outcome = outcome.means(Kind.REJECTED, Reason.CLIENT_ERROR, what + " does not exist there (404)");
        } else if (outcome.kind() == Kind.DELIVERED && !object.path("metadata").isObject()) {
            outcome = outcome.means(Kind.RETRY, Reason.PROTOCOL_ERROR, "what is there does not answer as Argo CD does");
        }
        return new Read(outcome, object);
    }

    Outcome terminate(ApplicationName name) {
        Answer answer = exchange("DELETE", name.path("/operation"), new byte[0]);
        return switch (answer.status()) {
            // It ended, or has not quite begun, between reading and asking: it is read again.
            case 400 ->
                answer.outcome()
                        .means(Kind.RETRY, Reason.CLIENT_ERROR, "Argo CD sees no sync of " + name + " to end (400)");
            case 403 -> forbidden(answer.outcome(), "sync " + name);
            default -> answer.outcome();
        };
    }

    /** Argo CD refuses it when the project was changed since it was read. */
    Outcome update(ObjectNode project) {
        String name = project.path("metadata").path("name").asText();
        ObjectNode body = Json.object();
        body.set("project", project);
        Answer answer = exchange("PUT", "/api/v1/projects/" + name, Json.bytes(body));
        return switch (answer.status()) {
            case 409 ->
                answer.outcome()
                        .means(
                                Kind.RETRY,
                                Reason.CLIENT_ERROR,
                                "project " + name + " was changed by somebody else meanwhile (409)");
            case 403 -> forbidden(answer.outcome(), "update project " + name);
            default -> answer.outcome();
        };
    }

    private static Outcome forbidden(Outcome outcome, String what) {
        return outcome.means(Kind.REJECTED, Reason.AUTH, "the account may not " + what + " (403); see the manifest");
    }

    private Answer exchange(String method, String path, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        // Argo CD refuses changes without it, as protection against forged requests.
        headers.put("Content-Type", "application/json");
        token.value().ifPresent(value -> headers.put("Authorization", "Bearer " + value));
        return transport.exchange(method, URI.create(address + path), headers, body);
    }
}
