package dev.andon.http;

import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Signal;
import dev.andon.http.report.IncidentReport;
import dev.andon.http.view.FleetView;
import dev.andon.http.view.Levels;
import dev.andon.http.view.RolloutStory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /v1/rollouts/{id}/report}: a decision and all that explains it, as one file. */
final class ReportRoutes {
    private static final int MOST_CLUSTERS = 3;

    private final FleetView view;
    private final Clock clock;

    ReportRoutes(FleetView view, Clock clock) {
        this.view = view;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/v1/rollouts/{id}/report", this::report);
    }

    private void report(Context context) {
        String id = context.pathParam("id");
        RolloutStory story =
                view.story(id).orElseThrow(() -> Problem.notFound("no event of a rollout " + id + " was seen"));
        Signal signal = chosen(story, Optional.ofNullable(context.queryParam("signal")));
        String name = "andon-" + id.replaceAll("[^A-Za-z0-9._-]", "_") + ".html";
        context.header("Content-Security-Policy", IncidentReport.contentSecurity())
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .contentType("text/html; charset=utf-8")
                .result(IncidentReport.html(
                        new IncidentReport.Incident(story, signal, levels(story, signal), clock.instant())));
    }

    /** The signal that was asked for; otherwise the newest HALT, or whatever was said last. */
    private static Signal chosen(RolloutStory story, Optional<String> signalId) {
        List<Signal> all = story.rollout().signals();
        if (signalId.isPresent()) {
            return all.stream()
                    .filter(signal -> signal.signalId().equals(signalId.get()))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("no signal " + signalId.get() + " of "
                            + story.rollout().rolloutId() + " is remembered; leave signal out for the newest"));
        }
        return all.stream()
                .filter(signal -> signal.action() == Action.HALT)
                .reduce((first, second) -> second)
                .or(() -> all.stream().reduce((first, second) -> second))
                .orElseThrow(() -> Problem.notFound(
                        "nothing was said of " + story.rollout().rolloutId() + ", so there is nothing to report"));
    }

    private List<Levels> levels(RolloutStory story, Signal signal) {
        Set<String> names = new LinkedHashSet<>();
        signal.cluster().ifPresent(names::add);
        story.changes().stream().map(ChangePoint::cluster).forEach(names::add);
        return names.stream()
                .limit(MOST_CLUSTERS)
                .flatMap(name -> view.levels(name).stream())
                .toList();
    }
}
