package dev.andon.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import dev.andon.domain.RolloutEvent;
import dev.andon.http.view.FleetView;
import dev.andon.http.view.RolloutStory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code /v1/rollouts}: events in, what is known out, and the gate. */
final class RolloutRoutes {
    /** How far clocks may differ. */
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private static final int MOST_FLAWS = 100;
    /** Clusters listed of one rollout. All are counted. */
    private static final int MOST_PLACES = 1_000;

    private final FleetView view;
    private final Inbox inbox;
    private final Readiness readiness;
    private final Clock clock;
    private final ViewJson json = new ViewJson();
    private final HistoryJson history = new HistoryJson();

    RolloutRoutes(FleetView view, Inbox inbox, Readiness readiness, Clock clock) {
        this.view = view;
        this.inbox = inbox;
        this.readiness = readiness;
        this.clock = clock;
    }

    void register(RoutesConfig routes, Access access) {
        routes.get("/v1/rollouts", this::list);
        routes.get("/v1/rollouts/{id}", this::one);
        routes.get("/v1/rollouts/{id}/course", this::course);
        routes.get("/v1/rollouts/{id}/gate", this::gate);
        routes.post("/v1/rollouts", context -> {
            access.require(context);
            post(context);
        });
    }

    private void list(Context context) {
        int places = Boolean.parseBoolean(context.queryParam("brief")) ? 0 : MOST_PLACES;
        ObjectNode body = Json.object();
        Page.of(context, Page.MOST)
                .put(
                        body,
                        "rollouts",
                        view.now().rollouts(),
                        rollout -> String.format("%015d~%s", rollout.firstSeen().toEpochMilli(), rollout.rolloutId()),
                        Comparator.naturalOrder(),
                        rollout -> json.rollout(rollout, places));
        Json.answer(context, 200, body);
    }

    private void one(Context context) {
        Json.answer(context, 200, history.story(story(context), MOST_PLACES));
    }

    private void course(Context context) {
        RolloutStory story = story(context);
        ObjectNode body = Json.object().put("rolloutId", story.rollout().rolloutId());
        body.set("courses", json.list(story.courses(), history::course));
        Json.answer(context, 200, body);
    }

    private RolloutStory story(Context context) {
        String id = context.pathParam("id");
        return view.story(id).orElseThrow(() -> Problem.notFound("no event of a rollout " + id + " was seen"));
    }

    private void gate(Context context) {
        String id = context.pathParam("id");
        Gate.Answer answer = Gate.ask(id, view.rollout(id), readiness, clock.instant());
        context.header("Cache-Control", "no-store");
        if (answer.decision() == Gate.Decision.UNKNOWN) {
            throw Problem.unavailable(
                    "hold the rollout, because it cannot be known whether it does harm: " + answer.reason());
        }
        Json.answer(
                context,
                alwaysOk(context) ? 200 : answer.status(),
                Json.object()
                        .put("decision", answer.decision().name())
                        .put("reason", answer.reason())
                        .put("validUntil", answer.validUntil().toString()));
    }

    /** A caller that takes every other status for a failure of its own, such as Argo Rollouts, reads the decision instead. */
    private static boolean alwaysOk(Context context) {
        return "200".equals(context.queryParam("status"));
    }

    /** All or nothing: a body with one bad event is refused as a whole, so that it can be mended and sent again. */
    private void post(Context context) {
        Set<String> unknownFields = new TreeSet<>();
        List<RolloutEvent> events = read(Posted.parts(context), unknownFields);
        try {
            inbox.rollouts(events);
        } catch (Inbox.NotAccepted e) {
            throw Problem.unavailable(e.getMessage() + "; send the same body again");
        }
        ObjectNode body = Json.object().put("accepted", events.size());
        if (!unknownFields.isEmpty()) {
            var ignored = body.putArray("ignoredFields");
            unknownFields.forEach(ignored::add);
        }
        Json.answer(context, 202, body);
    }

    private List<RolloutEvent> read(List<Posted.Part> parts, Set<String> unknownFields) {
        JsonCodec codec = new JsonCodec(unknownFields::add);
        Instant latest = clock.instant().plus(AHEAD);
        List<RolloutEvent> events = new ArrayList<>(parts.size());
        List<Problem.Flaw> flaws = new ArrayList<>();
        int bad = 0;
        for (Posted.Part part : parts) {
            try {
                events.add(read(codec, part.json(), latest));
            } catch (InvalidInput e) {
                bad++;
                if (flaws.size() < MOST_FLAWS) {
                    flaws.add(new Problem.Flaw(part.at(), e.reason().label(), String.valueOf(e.getMessage())));
                }
            }
        }
        if (bad > 0) {
            throw Problem.invalid(
                    bad + " of " + parts.size()
                            + " events are not valid and none was accepted; mend them and send all again",
                    flaws);
        }
        return events;
    }

    private static RolloutEvent read(JsonCodec codec, String text, Instant latest) {
        RolloutEvent event = (RolloutEvent) codec.read(InputKind.ROLLOUTS, text);
        if (event.time().isAfter(latest)) {
            throw new InvalidInput(
                    RejectReason.FROM_THE_FUTURE,
                    "time must not be more than " + AHEAD.toMinutes() + " min ahead of this machine's clock but was "
                            + event.time());
        }
        event.controller().ifPresent(ControllerTypes::check);
        return event;
    }
}
