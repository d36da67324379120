package dev.andon.connect.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
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

/** The requests that one apiserver is sent. */
final class ClusterApi {
    /** What came of reading an object; the object is missing unless the outcome is DELIVERED. */
    record Read(Outcome outcome, JsonNode object) {}

    private final URI address;
    private final BearerToken token;
    private final HttpTransport transport;

    ClusterApi(URI address, BearerToken token, HttpTransport transport) {
        this.address = address;
        this.token = token;
        this.transport = transport;
    }

    String origin() {
        return HttpTransport.origin(address);
    }

    Read read(Target target) {
        Answer answer = exchange("GET", target.brake().path(target.namespace(), target.name()), new byte[0]);
        JsonNode object = Json.answered(answer.body());
        Outcome outcome = answer.outcome();
        if (answer.status() == 404) {
            outcome = outcome.means(Kind.REJECTED, Reason.CLIENT_ERROR, target + " does not exist there (404)");
        } else if (answer.status() == 403) {
            outcome = forbidden(outcome, "get", target.brake().resource());
        } else if (outcome.kind() == Kind.DELIVERED && !object.path("metadata").isObject()) {
            outcome = outcome.means(
                    Kind.RETRY, Reason.PROTOCOL_ERROR, "the apiserver did not answer with an object of Kubernetes");
        }
        return new Read(outcome, object);
    }

    Outcome patch(Target target, String subresource, JsonNode patch) {
        String path = target.brake().path(target.namespace(), target.name()) + subresource;
        Answer answer = exchange("PATCH", path, Json.bytes(patch));
        return switch (answer.status()) {
            case 409 ->
                answer.outcome()
                        .means(
                                Kind.RETRY,
                                Reason.CLIENT_ERROR,
                                target + " was changed by somebody else meanwhile (409)");
            case 403 -> forbidden(answer.outcome(), "patch", target.brake().resource() + subresource);
            default -> answer.outcome();
        };
    }

    private static Outcome forbidden(Outcome outcome, String verb, String resource) {
        return outcome.means(
                Kind.REJECTED,
                Reason.AUTH,
                "the token may not " + verb + " " + resource + " (403); see the RBAC manifests");
    }

    /** Asks for something that every service account may see, and nobody else. */
    Outcome ping() {
        return exchange("GET", "/apis/apps/v1", new byte[0]).outcome();
    }

    private Answer exchange(String method, String path, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        token.value().ifPresent(value -> headers.put("Authorization", "Bearer " + value));
        if (body.length > 0) {
            headers.put("Content-Type", "application/merge-patch+json");
        }
        URI uri = URI.create(address.toString().replaceAll("/+$", "") + path);
        return transport.exchange(method, uri, headers, body);
    }
}
