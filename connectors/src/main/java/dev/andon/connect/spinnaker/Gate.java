package dev.andon.connect.spinnaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.connect.common.Answer;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The requests that Gate is sent. */
final class Gate {
    /** What came of reading; the body is missing unless the outcome is DELIVERED. */
    record Read(Outcome outcome, JsonNode body) {}

    /** What Spinnaker calls a caller that it does not know. */
    private static final String NOBODY = "anonymous";

    private final String address;
    private final Map<String, String> headers;
    private final HttpTransport transport;

    Gate(URI address, Map<String, String> headers, HttpTransport transport) {
        this.address = address.toString().replaceAll("/+$", "");
        this.headers = new HashMap<>(headers);
        this.headers.put("Accept", "application/json");
        this.transport = transport;
    }

    /** Whom Gate takes us for. */
    Read user() {
        Answer answer = exchange("GET", "/auth/user");
        return new Read(answer.outcome(), Json.answered(answer.body()));
    }

    /** Asks who we are. Gate may answer that to anybody, so with credentials the answer has to be looked at. */
    Outcome ping() {
        Read user = user();
        boolean known = !user.body().path("username").asText("").isEmpty();
        boolean credentials = headers.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("Authorization"));
        return user.outcome().kind() == Kind.DELIVERED && credentials && !known
                ? user.outcome()
                        .means(
                                Kind.REJECTED,
                                Reason.AUTH,
                                "Gate does not take the credentials, for it takes Andon for nobody: check the headers")
                : user.outcome();
    }

    /** The name under which Spinnaker writes down what we do. */
    static String name(JsonNode user) {
        String name = user.path("username").asText("");
        return name.isEmpty() ? NOBODY : name;
    }

    Read execution(String id) {
        Answer answer = exchange("GET", "/pipelines/" + id);
        JsonNode execution = Json.answered(answer.body());
        Outcome outcome = answer.outcome();
        if (answer.status() == 404) {
            outcome = outcome.means(
                    Kind.REJECTED, Reason.CLIENT_ERROR, "pipeline execution " + id + " does not exist there (404)");
        } else if (outcome.kind() == Kind.DELIVERED && !execution.path("status").isTextual()) {
            outcome = outcome.means(Kind.RETRY, Reason.PROTOCOL_ERROR, "Gate did not answer with a pipeline execution");
        }
        return new Read(outcome, execution);
    }

    Outcome pause(String id) {
        return exchange("PUT", "/pipelines/" + id + "/pause").outcome();
    }

    Outcome resume(String id) {
        return exchange("PUT", "/pipelines/" + id + "/resume").outcome();
    }

    Outcome cancel(String id, String reason) {
        String query = "reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8) + "&force=false";
        return exchange("PUT", "/pipelines/" + id + "/cancel?" + query).outcome();
    }

    private Answer exchange(String method, String path) {
        return transport.exchange(method, URI.create(address + path), headers, new byte[0]);
    }
}
