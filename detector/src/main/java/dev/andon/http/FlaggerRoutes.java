package dev.andon.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.domain.Workload;
import dev.andon.http.view.FleetView;
import dev.andon.http.view.RolloutView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;

/**
 * {@code POST /v1/gate/flagger}: the gate as Flagger asks it. Flagger takes 200 for yes and every error for no; to a
 * {@code rollback} hook yes means "roll back", so there the answer is turned round.
 *
 * <p>Flagger's body does not say which hook asks: that is in the address ({@code ?hook=rollback}) or in the hook's metadata.
 */
final class FlaggerRoutes {
    private static final String ROLLBACK = "rollback";
    private static final int SHORT_CHECKSUM = 12;

    private final FleetView view;
    private final Readiness readiness;
    private final Clock clock;

    FlaggerRoutes(FleetView view, Readiness readiness, Clock clock) {
        this.view = view;
        this.readiness = readiness;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.post("/v1/gate/flagger", this::ask);
    }

    private void ask(Context context) {
        JsonNode body = Posted.object(context);
        String name = required(body, "name");
        String namespace = required(body, "namespace");
        Optional<RolloutView> rollout = rollout(body, namespace, name);
        String id = rollout.map(RolloutView::rolloutId).orElse(namespace + "/" + name);
        Gate.Answer answer = Gate.ask(id, rollout, readiness, clock.instant());
        boolean rollback = hook(context, body).equals(ROLLBACK);
        context.header("Cache-Control", "no-store");
        if (answer.decision() == Gate.Decision.UNKNOWN) {
            throw Problem.unavailable((rollback ? "do not roll back" : "hold the rollout")
                    + ", because it cannot be known whether it does harm: " + answer.reason());
        }
        int inverted = answer.decision() == Gate.Decision.HALT ? 200 : 403;
        Json.answer(
                context,
                rollback ? inverted : answer.status(),
                Json.object()
                        .put("decision", answer.decision().name())
                        .put("rolloutId", id)
                        .put("reason", answer.reason())
                        .put("validUntil", answer.validUntil().toString()));
    }

    private static String hook(Context context, JsonNode body) {
        return Optional.ofNullable(context.queryParam("hook"))
                .or(() -> metadata(body, "hook"))
                .or(() -> metadata(body, "type"))
                .orElse("");
    }

    /** By the id that the hook's metadata names, by the id that Flagger's events have, or the newest of the workload. */
    private Optional<RolloutView> rollout(JsonNode body, String namespace, String name) {
        Optional<String> told = metadata(body, "rolloutId");
        if (told.isPresent()) return view.rollout(told.get());
        return text(body, "checksum")
                .flatMap(checksum -> view.rollout(namespace + "/" + name + "@" + shortened(checksum)))
                .or(() -> view.now().rollouts().stream()
                        .filter(rollout -> isOf(rollout.workload(), namespace, name))
                        .max(Comparator.comparing(RolloutView::lastSeen)));
    }

    private static String shortened(String checksum) {
        boolean digest = checksum.length() > SHORT_CHECKSUM && checksum.matches("[0-9a-f]+");
        return digest ? checksum.substring(0, SHORT_CHECKSUM) : checksum;
    }

    private static boolean isOf(Workload workload, String namespace, String name) {
        return workload.namespace().equals(namespace) && workload.name().equals(name);
    }

    private static String required(JsonNode body, String field) {
        return text(body, field)
                .orElseThrow(() -> Problem.badRequest(
                        "not-flagger", field + " is required as a text; send the body of a Flagger webhook"));
    }

    private static Optional<String> metadata(JsonNode body, String field) {
        JsonNode metadata = body.get("metadata");
        return metadata == null ? Optional.empty() : text(metadata, field);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }
}
