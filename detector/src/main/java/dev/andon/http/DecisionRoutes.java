package dev.andon.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import dev.andon.http.view.Fleet;
import dev.andon.http.view.FleetView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/decisions}: what the detector and the operators decided, newest first. */
final class DecisionRoutes {
    private static final int USUAL = 100;

    private final FleetView view;
    private final ViewJson json = new ViewJson();

    DecisionRoutes(FleetView view) {
        this.view = view;
    }

    void register(RoutesConfig routes) {
        routes.get("/v1/decisions", this::list);
    }

    /** One line of the log: a signal or an operator's word. */
    private record Decision(
            Instant time,
            String id,
            String action,
            Optional<String> rolloutId,
            Optional<String> cluster,
            ObjectNode json) {
        /** Sorts like the time, whatever its precision. */
        String key() {
            return String.format("%015d~%s", time.toEpochMilli(), id);
        }
    }

    private void list(Context context) {
        ObjectNode body = Json.object();
        Page.of(context, USUAL)
                .put(
                        body,
                        "decisions",
                        wanted(context, decisions(view.now())),
                        Decision::key,
                        Comparator.reverseOrder(),
                        Decision::json);
        Json.answer(context, 200, body);
    }

    private static List<Decision> wanted(Context context, List<Decision> all) {
        Optional<String> action = Optional.ofNullable(context.queryParam("action"));
        Optional<String> rolloutId = Optional.ofNullable(context.queryParam("rollout"));
        Optional<String> cluster = Optional.ofNullable(context.queryParam("cluster"));
        return all.stream()
                .filter(decision -> action.isEmpty() || decision.action().equals(action.get()))
                .filter(decision -> rolloutId.isEmpty() || decision.rolloutId().equals(rolloutId))
                .filter(decision -> cluster.isEmpty() || decision.cluster().equals(cluster))
                .toList();
    }

    private List<Decision> decisions(Fleet fleet) {
        List<Decision> all = new ArrayList<>();
        for (Signal signal : fleet.signals()) {
            ObjectNode line = Json.object().put("kind", "signal");
            line.setAll((ObjectNode) json.signal(signal));
            all.add(new Decision(
                    signal.time(),
                    signal.signalId(),
                    signal.action().name(),
                    signal.rolloutId(),
                    signal.cluster(),
                    line));
        }
        for (OperatorOverride override : fleet.overrides()) {
            ObjectNode line = Json.object().put("kind", "override");
            line.setAll(json.override(override));
            all.add(new Decision(
                    override.time(),
                    override.rolloutId() + "~" + override.actor(),
                    "OVERRIDE",
                    Optional.of(override.rolloutId()),
                    override.cluster(),
                    line));
        }
        return all;
    }
}
