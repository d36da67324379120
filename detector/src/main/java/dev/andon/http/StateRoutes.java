package dev.andon.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.http.view.Fleet;
import dev.andon.http.view.FleetView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;

/** Clusters, events, metrics and probes: what is read and never changed. */
final class StateRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final FleetView view;
    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final ViewJson json = new ViewJson();

    StateRoutes(FleetView view, Readiness readiness, Supplier<String> metrics) {
        this.view = view;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    void register(RoutesConfig routes, EventStream events) {
        routes.get("/v1/clusters", this::clusters);
        routes.get("/v1/signals", this::signals);
        routes.sse("/v1/events", events::accept);
        routes.get("/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(metrics.get()));
        routes.get("/healthz", context -> probe(context, readiness.fatal()));
        routes.get("/readyz", context -> probe(context, readiness.fatal().or(readiness::notReady)));
    }

    private void clusters(Context context) {
        Fleet fleet = view.now();
        ObjectNode body = Json.object().put("time", fleet.time().toString());
        body.set("clusters", json.list(fleet.clusters(), json::cluster));
        Json.answer(context, 200, body);
    }

    private void signals(Context context) {
        ObjectNode body = Json.object();
        body.set("signals", json.list(view.now().signals(), json::signal));
        Json.answer(context, 200, body);
    }

    private static void probe(Context context, Optional<String> trouble) {
        context.header("Cache-Control", "no-store");
        if (trouble.isPresent()) throw Problem.unavailable(trouble.get());
        Json.answer(context, 200, Json.object().put("status", "ok"));
    }
}
