package dev.andon.connect.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.andon.connect.watch.Seen.State;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Says what an object shows. Pure. */
final class Reading {
    /** Gives a change the same name in every cluster where namespace and name differ. */
    static final String ROLLOUT_ANNOTATION = "andon.dev/rollout";

    /** The annotation that an object has while Andon's own sink keeps it halted. */
    static final String HALTED = "andon.dev/halted";

    private static final JsonMapper JSON = new JsonMapper();

    private Reading() {}

    /** How a kind tells revision, state and coverage. */
    private record Progress(String revision, State state, OptionalLong updated, OptionalLong total) {}

    /** @return what it shows; empty when that is nothing to a rollout, such as an older release of Helm */
    static Optional<Seen> of(WatchedKind kind, GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        JsonNode json = JSON.valueToTree(object.getAdditionalProperties());
        Optional<Progress> progress = progress(kind, meta, json);
        if (progress.isEmpty() || meta.getName() == null || meta.getUid() == null) {
            return Optional.empty();
        }
        String namespace = meta.getNamespace() == null ? "" : meta.getNamespace();
        String name = kind == WatchedKind.HELM_RELEASE ? label(meta, "name") : meta.getName();
        Map<String, String> annotations = meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
        return Optional.of(new Seen(
                kind,
                namespace,
                name,
                // Helm makes a new secret for every revision; the release is what lasts.
                kind == WatchedKind.HELM_RELEASE ? "helm" : meta.getUid(),
                created(meta),
                annotations.getOrDefault(ROLLOUT_ANNOTATION, namespace + "/" + name),
                progress.get().revision(),
                progress.get().state(),
                progress.get().updated(),
                progress.get().total(),
                identity(kind, namespace, json),
                controller(kind),
                kind == WatchedKind.DAEMON_SET ? labels(json.at("/spec/selector/matchLabels")) : Map.of()));
    }

    private static Optional<Progress> progress(WatchedKind kind, ObjectMeta meta, JsonNode json) {
        return switch (kind) {
            case DEPLOYMENT -> Optional.of(workload(meta, json, replicas(json), "updatedReplicas", "replicas"));
            case STATEFUL_SET -> Optional.of(paused(statefulSet(meta, json), isHalted(meta), false));
            case DAEMON_SET ->
                Optional.of(paused(
                        daemonSet(meta, json),
                        isHalted(meta),
                        !Revision.isTakenOffItsNodes(json.at("/spec/template"))));
            case CONFIG_MAP ->
                Optional.of(
                        atOnce(Revision.of(Map.of("data", json.path("data"), "binaryData", json.path("binaryData")))));
            case SECRET -> Optional.of(atOnce("rv" + meta.getResourceVersion()));
            case HELM_RELEASE -> helm(meta);
            case ROLLOUT -> Optional.of(argoRollout(json));
            case CANARY -> canary(json);
        };
    }

    private static Progress workload(
            ObjectMeta meta, JsonNode json, long wanted, String updatedField, String allField) {
        String revision = Revision.ofPods(json.at("/spec/template"));
        JsonNode status = json.path("status");
        if (!observed(meta, json)) {
            return new Progress(revision, State.PENDING, OptionalLong.empty(), OptionalLong.of(wanted));
        }
        long updated = status.path(updatedField).asLong(0);
        // What is still there of the old revision counts as not done, although all of the new is there.
        boolean done = updated >= wanted && status.path(allField).asLong(0) <= updated;
        State state = done ? State.DONE : json.at("/spec/paused").asBoolean(false) ? State.PAUSED : State.SPREADING;
        return new Progress(revision, state, OptionalLong.of(Math.min(updated, wanted)), OptionalLong.of(wanted));
    }

    private static Progress statefulSet(ObjectMeta meta, JsonNode json) {
        long wanted = Math.max(
                0,
                replicas(json)
                        - json.at("/spec/updateStrategy/rollingUpdate/partition")
                                .asLong(0));
        String revision = Revision.ofPods(json.at("/spec/template"));
        if (!observed(meta, json)) {
            return new Progress(revision, State.PENDING, OptionalLong.empty(), OptionalLong.of(wanted));
        }
        JsonNode status = json.path("status");
        // Once all are updated the controller makes the update revision the current one and counts none as updated.
        boolean same = status.path("updateRevision")
                .asText()
                .equals(status.path("currentRevision").asText());
        long updated = same
                ? status.path("currentReplicas").asLong(0)
                : status.path("updatedReplicas").asLong(0);
        updated = Math.min(
                wanted, Math.max(updated, status.path("updatedReplicas").asLong(0)));
        State state = updated >= wanted ? State.DONE : State.SPREADING;
        return new Progress(revision, state, OptionalLong.of(updated), OptionalLong.of(wanted));
    }

    private static Progress daemonSet(ObjectMeta meta, JsonNode json) {
        String revision = Revision.ofPods(json.at("/spec/template"));
        JsonNode status = json.path("status");
        if (!observed(meta, json)) {
            return new Progress(revision, State.PENDING, OptionalLong.empty(), OptionalLong.empty());
        }
        long wanted = status.path("desiredNumberScheduled").asLong(0);
        long updated = Math.min(wanted, status.path("updatedNumberScheduled").asLong(0));
        return new Progress(
                revision,
                updated >= wanted ? State.DONE : State.SPREADING,
                OptionalLong.of(updated),
                OptionalLong.of(wanted));
    }

    private static boolean isHalted(ObjectMeta meta) {
        return meta.getAnnotations() != null && meta.getAnnotations().containsKey(HALTED);
    }

    /**
     * A halt moves the goal itself, to as much as there is or to none: that is not the end of a rollout.
     *
     * @param countable whether its counts still say how far it got
     */
    private static Progress paused(Progress progress, boolean halted, boolean countable) {
        if (!halted || progress.state() == State.PENDING || (countable && progress.state() == State.DONE)) {
            return progress;
        }
        return countable
                ? new Progress(progress.revision(), State.PAUSED, progress.updated(), progress.total())
                : new Progress(progress.revision(), State.PAUSED, OptionalLong.empty(), OptionalLong.empty());
    }

    private static Progress argoRollout(JsonNode json) {
        JsonNode status = json.path("status");
        long wanted = replicas(json);
        String revision = status.path("currentPodHash").asText("");
        long updated = Math.min(wanted, status.path("updatedReplicas").asLong(0));
        State state = status.path("abort").asBoolean(false)
                ? State.ABORTED
                : switch (status.path("phase").asText()) {
                    case "Healthy" -> State.DONE;
                    case "Paused" -> State.PAUSED;
                    case "Degraded" -> State.ABORTED;
                    default -> State.SPREADING;
                };
        return new Progress(
                revision.isEmpty() ? Revision.ofPods(json.at("/spec/template")) : revision,
                state,
                OptionalLong.of(updated),
                OptionalLong.of(wanted));
    }

    /** Its coverage is the share of the traffic, in percent. */
    private static Optional<Progress> canary(JsonNode json) {
        JsonNode status = json.path("status");
        Optional<State> state =
                switch (status.path("phase").asText()) {
                    case "Waiting" -> Optional.of(State.PENDING);
                    case "Progressing", "Promoting", "Finalising" -> Optional.of(State.SPREADING);
                    case "WaitingPromotion" -> Optional.of(State.PAUSED);
                    case "Succeeded", "Initialized" -> Optional.of(State.DONE);
                    case "Failed" -> Optional.of(State.ROLLED_BACK);
                    case "Terminating", "Terminated" -> Optional.of(State.ABORTED);
                    default -> Optional.empty();
                };
        return state.map(known -> new Progress(
                status.path("lastAppliedSpec").asText("unknown"),
                known,
                OptionalLong.of(
                        known == State.DONE
                                ? 100
                                : Math.min(100, status.path("canaryWeight").asLong(0))),
                OptionalLong.of(100)));
    }

    private static Optional<Progress> helm(ObjectMeta meta) {
        Optional<State> state =
                switch (label(meta, "status")) {
                    case "pending-install", "pending-upgrade", "pending-rollback" -> Optional.of(State.SPREADING);
                    case "deployed" -> Optional.of(State.DONE);
                    case "failed" -> Optional.of(State.ABORTED);
                    default -> Optional.empty();
                };
        return state.map(
                known -> new Progress("v" + label(meta, "version"), known, OptionalLong.empty(), OptionalLong.empty()));
    }

    /** What everybody who looks sees changed at once. */
    private static Progress atOnce(String revision) {
        return new Progress(revision, State.DONE, OptionalLong.of(1), OptionalLong.of(1));
    }

    private static boolean observed(ObjectMeta meta, JsonNode json) {
        long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
        return json.at("/status/observedGeneration").asLong(0) >= generation;
    }

    private static long replicas(JsonNode json) {
        return json.at("/spec/replicas").asLong(1);
    }

    private static Optional<String> identity(WatchedKind kind, String namespace, JsonNode json) {
        return switch (kind) {
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, ROLLOUT ->
                Optional.of("system:serviceaccount:" + namespace + ":"
                        + json.at("/spec/template/spec/serviceAccountName").asText("default"));
            case CONFIG_MAP, SECRET, HELM_RELEASE, CANARY -> Optional.empty();
        };
    }

    private static String controller(WatchedKind kind) {
        return switch (kind) {
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, CONFIG_MAP, SECRET -> "kubernetes";
            case HELM_RELEASE -> "helm";
            case ROLLOUT -> "argo-rollouts";
            case CANARY -> "flagger";
        };
    }

    private static Optional<Instant> created(ObjectMeta meta) {
        try {
            return Optional.ofNullable(meta.getCreationTimestamp()).map(Instant::parse);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String label(ObjectMeta meta, String name) {
        return meta.getLabels() == null ? "" : meta.getLabels().getOrDefault(name, "");
    }

    private static Map<String, String> labels(JsonNode json) {
        var labels = new LinkedHashMap<String, String>();
        json.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
