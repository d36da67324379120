package dev.andon.connect.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Payload;
import dev.andon.connect.common.Wording;
import dev.andon.schema.Action;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import dev.andon.schema.Workload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bodies that PagerDuty's Events API v2 takes. */
final class PagerDutyEvents {
    /** PagerDuty refuses more than 512 KB. */
    static final int LONGEST_BYTES = 500_000;

    private static final int LONGEST_SUMMARY = 1_024;
    private static final int LONGEST_KEY = 255;

    private final String routingKey;
    private final String console;

    PagerDutyEvents(String routingKey, String console) {
        this.routingKey = routingKey;
        this.console = console;
    }

    /** A trigger, or a resolve for a CLEAR. */
    byte[] event(Signal signal, JsonNode details) {
        ObjectNode event = Json.object();
        event.put("routing_key", routingKey);
        event.put("event_action", action(signal.getAction()));
        event.put("dedup_key", dedupKey(signal));
        event.put("client", "Andon");
        ObjectNode payload = event.putObject("payload");
        // The details hold the reason in the length that fits; so does the summary.
        String reason = details.path("reason").asText();
        Signal fitted = Signal.newBuilder(signal).setReason(reason).build();
        payload.put("summary", Payload.text(Wording.headline(fitted), LONGEST_SUMMARY));
        payload.put("source", Objects.requireNonNullElse(signal.getCluster(), "andon"));
        payload.put("severity", severity(signal.getAction()));
        payload.put("timestamp", signal.getTime().toString());
        payload.put("component", Objects.requireNonNullElse(signal.getRolloutId(), "cluster"));
        payload.put("class", signal.getAction().name());
        payload.set("custom_details", details);
        link(event, signal.getRolloutId());
        return Json.bytes(event);
    }

    /** A rollout has begun: shown beside incidents, pages nobody. */
    byte[] change(RolloutEvent rollout) {
        Workload workload = rollout.getWorkload();
        ObjectNode event = Json.object();
        event.put("routing_key", routingKey);
        ObjectNode payload = event.putObject("payload");
        String name = workload.getKind() + " " + (workload.getNamespace() == null ? "" : workload.getNamespace() + "/")
                + workload.getName();
        payload.put(
                "summary",
                Payload.text(
                        "Rollout " + rollout.getRolloutId() + " of " + name + " began in " + rollout.getCluster(),
                        LONGEST_SUMMARY));
        payload.put("source", rollout.getCluster());
        payload.put("timestamp", rollout.getTime().toString());
        ObjectNode details = payload.putObject("custom_details");
        details.put("rolloutId", rollout.getRolloutId());
        details.put("workload", name);
        if (rollout.getRevision() != null) {
            details.put("revision", rollout.getRevision());
        }
        link(event, rollout.getRolloutId());
        return Json.bytes(event);
    }

    private void link(ObjectNode event, @Nullable String rolloutId) {
        if (!console.isEmpty()) {
            event.putArray("links")
                    .addObject()
                    .put("href", console)
                    .put("text", rolloutId == null ? "Andon" : "Andon: " + Payload.text(rolloutId, LONGEST_KEY));
        }
    }

    static String action(Action action) {
        return action == Action.CLEAR ? "resolve" : "trigger";
    }

    static String severity(Action action) {
        return switch (action) {
            case HALT -> "critical";
            case ALARM -> "error";
            case HOLD -> "warning";
            case CLEAR, UNKNOWN -> "info";
        };
    }

    /**
     * The same for all that is said about one rollout, or one cluster without one, so that a CLEAR resolves what a HALT
     * opened.
     */
    static String dedupKey(Signal signal) {
        String subject = "andon " + Wording.subject(signal);
        return subject.length() <= LONGEST_KEY ? subject : "andon sha-256 " + hash(subject);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
