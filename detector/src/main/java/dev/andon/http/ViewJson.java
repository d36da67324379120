package dev.andon.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Delivery;
import dev.andon.domain.Evidence;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.http.view.ClusterView;
import dev.andon.http.view.Delivered;
import dev.andon.http.view.DeliverySteps;
import dev.andon.http.view.RolloutView;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** What is known, as the API tells it. Names are part of the contract; absent values are left out. */
final class ViewJson {
    private final JsonCodec codec = new JsonCodec(field -> {});

    <T> ArrayNode list(Collection<T> values, Function<T, ? extends JsonNode> json) {
        ArrayNode array = Json.array();
        values.forEach(value -> array.add(json.apply(value)));
        return array;
    }

    /** @param places how many clusters are listed at most; all are counted */
    ObjectNode rollout(RolloutView rollout, int places) {
        ObjectNode json = Json.object()
                .put("rolloutId", rollout.rolloutId())
                .put("phase", rollout.phase().name())
                .put("firstSeen", rollout.firstSeen().toString())
                .put("lastSeen", rollout.lastSeen().toString());
        json.putObject("workload")
                .put("kind", rollout.workload().kind())
                .put("namespace", rollout.workload().namespace())
                .put("name", rollout.workload().name());
        rollout.revision().ifPresent(revision -> json.put("revision", revision));
        rollout.controller().ifPresent(controller -> json.putObject("controller")
                .put("type", controller.type())
                .put("reference", controller.reference()));
        coverage(json, rollout.coverage());
        json.put("clusterCount", rollout.places().size());
        if (places > 0) {
            json.set("clusters", list(rollout.places().stream().limit(places).toList(), ViewJson::place));
        }
        rollout.standing().ifPresent(signal -> json.set("standing", signal(signal)));
        rollout.delivered().ifPresent(delivered -> json.set("delivered", delivered(delivered)));
        return json;
    }

    private static ObjectNode place(RolloutView.Place place) {
        ObjectNode json = Json.object()
                .put("cluster", place.cluster())
                .put("phase", place.phase().name())
                .put("time", place.time().toString());
        coverage(json, place.coverage());
        return json;
    }

    private static void coverage(ObjectNode json, Coverage coverage) {
        json.put("updated", coverage.updated()).put("total", coverage.total());
    }

    ObjectNode cluster(ClusterView cluster) {
        ObjectNode json = Json.object()
                .put("cluster", cluster.name())
                .put("seen", cluster.seen().toString())
                .put("hurt", cluster.hurt());
        cluster.sampled().ifPresent(time -> json.put("lastSample", time.toString()));
        cluster.interval().ifPresent(interval -> json.put("intervalMillis", interval.toMillis()));
        cluster.nodes().ifPresent(nodes -> json.put("nodes", nodes));
        cluster.environment().ifPresent(environment -> json.put("environment", environment));
        cluster.latency().ifPresent(level -> json.putObject("apiserver")
                .put("requestsPerSecond", level.requestsPerSecond())
                .put("meanSeconds", level.meanSeconds())
                .put("p99Seconds", level.p99Seconds()));
        cluster.dns().ifPresent(level -> json.putObject("dns")
                .put("questionsPerSecond", level.questionsPerSecond())
                .put("errorRatio", level.errorRatio())
                .put("staleRatio", level.staleRatio()));
        json.set("changes", list(cluster.changes(), this::changePoint));
        cluster.alarm().ifPresent(alarm -> json.set("alarm", signal(alarm)));
        cluster.delivered().ifPresent(delivered -> json.set("delivered", delivered(delivered)));
        return json;
    }

    ObjectNode changePoint(ChangePoint change) {
        Evidence evidence = change.evidence();
        return Json.object()
                .put("time", change.time().toString())
                .put("cluster", change.cluster())
                .put("series", evidence.series())
                .put("kind", evidence.kind().name())
                .put("ended", change.ended())
                .put("onset", evidence.onset().toString())
                .put("onsetEarliest", change.onsetEarliest().toString())
                .put("onsetLatest", change.onsetLatest().toString())
                .put("before", evidence.before())
                .put("after", evidence.after())
                .put("unit", evidence.unit())
                .put("falseAlarmProbability", evidence.falseAlarmProbability())
                .put("samples", evidence.samples());
    }

    /** The same JSON that webhooks and recordings carry. */
    JsonNode signal(Signal signal) {
        return Json.ours(codec.write(signal));
    }

    /** How far the signal has come that stands: the first of each step, and then each sink. */
    private static ObjectNode delivered(Delivered delivered) {
        ObjectNode json = Json.object()
                .put("emitted", delivered.emitted().toString())
                .put("repetitions", delivered.repetitions());
        time(json, "sent", delivered.first(DeliverySteps::sent));
        time(json, "acknowledged", delivered.first(DeliverySteps::acknowledged));
        time(json, "verified", delivered.first(DeliverySteps::verified));
        time(json, "stopped", delivered.stopped());
        delivered.haltedAfter().ifPresent(after -> json.put("haltedAfterMillis", after.toMillis()));
        ArrayNode sinks = json.putArray("sinks");
        delivered.sinks().forEach((name, steps) -> sinks.add(steps(name, steps)));
        return json;
    }

    private static ObjectNode steps(String sink, DeliverySteps steps) {
        ObjectNode json = Json.object().put("sink", sink);
        time(json, "sent", steps.sent());
        time(json, "acknowledged", steps.acknowledged());
        time(json, "verified", steps.verified());
        time(json, "suppressed", steps.suppressed());
        if (steps.failures() > 0) json.put("failures", steps.failures());
        steps.trouble().ifPresent(failure -> {
            failure.detail().ifPresent(detail -> json.put("trouble", detail));
            time(json, "retryAt", failure.retryAt());
        });
        return json;
    }

    private static void time(ObjectNode json, String name, Optional<Instant> time) {
        time.ifPresent(instant -> json.put(name, instant.toString()));
    }

    ObjectNode delivery(Delivery delivery) {
        ObjectNode json = Json.object()
                .put("time", delivery.time().toString())
                .put("signalId", delivery.signalId())
                .put("sink", delivery.sink())
                .put("target", delivery.target())
                .put("status", delivery.status().name())
                .put("attempt", delivery.attempt());
        delivery.rolloutId().ifPresent(rolloutId -> json.put("rolloutId", rolloutId));
        delivery.httpStatus().ifPresent(status -> json.put("httpStatus", status));
        delivery.latency().ifPresent(latency -> json.put("latencyMillis", latency.toMillis()));
        delivery.detail().ifPresent(detail -> json.put("detail", detail));
        delivery.retryAt().ifPresent(retryAt -> json.put("retryAt", retryAt.toString()));
        return json;
    }

    ObjectNode override(OperatorOverride override) {
        ObjectNode json = Json.object()
                .put("time", override.time().toString())
                .put("rolloutId", override.rolloutId())
                .put("decision", override.decision().name())
                .put("actor", override.actor())
                .put("reason", override.reason())
                .put("expires", override.expires().toString());
        override.cluster().ifPresent(cluster -> json.put("cluster", cluster));
        return json;
    }

    JsonNode rolloutEvent(RolloutEvent event) {
        return Json.ours(codec.write(event));
    }
}
