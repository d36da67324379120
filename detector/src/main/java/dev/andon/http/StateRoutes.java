package dev.andon.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.domain.Mode;
import dev.andon.http.view.ClusterView;
import dev.andon.http.view.Fleet;
import dev.andon.http.view.FleetView;
import dev.andon.http.view.Levels;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Clusters, events, metrics and probes: what is read and never changed. */
final class StateRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final FleetView view;
    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final Mode mode;
    private final Clock clock;
    private final ViewJson json = new ViewJson();
    private final HistoryJson history = new HistoryJson();

    StateRoutes(FleetView view, Readiness readiness, Supplier<String> metrics, Mode mode, Clock clock) {
        this.view = view;
        this.readiness = readiness;
        this.metrics = metrics;
        this.mode = mode;
        this.clock = clock;
    }

    void register(RoutesConfig routes, EventStream events) {
        routes.get("/v1/clusters", this::clusters);
        routes.get("/v1/clusters/{name}/series", this::series);
        routes.get("/v1/signals", this::signals);
        routes.sse("/v1/events", events::accept);
        routes.get("/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(metrics.get()));
        routes.get("/healthz", context -> probe(context, readiness.fatal(), List.of()));
        routes.get(
                "/readyz", context -> probe(context, readiness.fatal().or(readiness::notReady), readiness.degraded()));
    }

    /** Clusters that are hurt stand first when {@code order=health}, so that the first part of a large fleet shows them. */
    private void clusters(Context context) {
        Fleet fleet = view.now();
        boolean byHealth = "health".equals(context.queryParam("order"));
        ObjectNode body = Json.object()
                .put("time", fleet.time().toString())
                .put("now", clock.instant().toString())
                .put("currentAsOf", readiness.currentAsOf().toString())
                .put("mode", mode.name());
        readiness.fatal().or(readiness::notReady).ifPresent(trouble -> body.put("trouble", trouble));
        body.put("hurt", fleet.clusters().stream().filter(ClusterView::hurt).count());
        Page.of(context, Page.MOST)
                .put(
                        body,
                        "clusters",
                        fleet.clusters(),
                        cluster -> byHealth ? (cluster.hurt() ? "0~" : "1~") + cluster.name() : cluster.name(),
                        Comparator.naturalOrder(),
                        json::cluster);
        Json.answer(context, 200, body);
    }

    private void series(Context context) {
        String name = context.pathParam("name");
        Instant since = since(context.queryParam("since"));
        Levels levels =
                view.levels(name).orElseThrow(() -> Problem.notFound("nothing of a cluster " + name + " was seen"));
        ObjectNode body = history.levels(levels, since);
        body.put("now", clock.instant().toString());
        Json.answer(context, 200, body);
    }

    private static Instant since(@Nullable String text) {
        if (text == null || text.isEmpty()) return Instant.EPOCH;
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Problem.badRequest(
                    "invalid-since", "since must be an instant such as 2026-01-01T00:00:00Z but was \"" + text + "\"");
        }
    }

    private void signals(Context context) {
        ObjectNode body = Json.object();
        Page.of(context, Page.MOST)
                .put(
                        body,
                        "signals",
                        view.now().signals(),
                        signal -> String.format("%015d~%s", signal.time().toEpochMilli(), signal.signalId()),
                        Comparator.naturalOrder(),
                        json::signal);
        Json.answer(context, 200, body);
    }

    private static void probe(Context context, Optional<String> trouble, List<String> degraded) {
        context.header("Cache-Control", "no-store");
        if (trouble.isPresent()) throw Problem.unavailable(trouble.get());
        ObjectNode body = Json.object().put("status", "ok");
        if (!degraded.isEmpty()) degraded.forEach(body.putArray("degraded")::add);
        Json.answer(context, 200, body);
    }
}
