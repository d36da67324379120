package dev.andon.connect.alertmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Errand;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Payload;
import dev.andon.connect.common.Sender;
import dev.andon.connect.common.Wording;
import dev.andon.schema.Action;
import dev.andon.schema.Evidence;
import dev.andon.schema.Signal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Posts alerts to one replica. What identifies an alert are its labels: action, rollout, and for an ALARM the cluster, so
 * that a CLEAR, which knows no more than these, resolves it. A CLEAR does not say what it ends: both the HALT and the
 * HOLD of its rollout are resolved; one without a rollout ends the ALARM of its cluster.
 */
final class AlertmanagerSender implements Sender {
    private static final int LONGEST_LABEL = 1_024;
    private static final int LONGEST_ANNOTATION = 8_192;

    /** What an alert without an end of its own is given: Andon repeats it long before. */
    private static final Duration STANDS = Duration.ofHours(1);

    private final URI replica;
    private final AlertmanagerSinkConfig config;
    private final HttpTransport transport;

    AlertmanagerSender(URI replica, AlertmanagerSinkConfig config, HttpTransport transport) {
        this.replica = replica;
        this.config = config;
        this.transport = transport;
    }

    @Override
    public String target() {
        return HttpTransport.origin(replica);
    }

    @Override
    public String plan(Signal signal) {
        return (signal.getAction() == Action.CLEAR ? "resolve the alerts of " : "fire an alert for ")
                + Wording.subject(signal) + " at " + target();
    }

    @Override
    public Errand errand(Signal signal) {
        return now -> {
            Outcome outcome = transport.post(path("/api/v2/alerts"), headers(), Json.bytes(alerts(signal, now)));
            boolean stands = outcome.kind() == Kind.DELIVERED && signal.getAction() != Action.CLEAR;
            return stands ? outcome.again(config.repeat()) : outcome;
        };
    }

    @Override
    public Optional<Outcome> check(Instant now) {
        return Optional.of(transport
                .exchange("GET", path("/api/v2/status"), headers(), new byte[0])
                .outcome());
    }

    private URI path(String path) {
        return URI.create(replica.toString().replaceAll("/+$", "") + path);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put("Content-Type", "application/json");
        return headers;
    }

    private ArrayNode alerts(Signal signal, Instant now) {
        ArrayNode alerts = Json.array();
        if (signal.getAction() != Action.CLEAR) {
            Instant expires = signal.getExpires();
            alerts.add(alert(signal, signal.getAction(), expires == null ? now.plus(STANDS) : expires));
        } else if (signal.getRolloutId() == null) {
            alerts.add(alert(signal, Action.ALARM, now));
        } else {
            alerts.add(alert(signal, Action.HALT, now));
            alerts.add(alert(signal, Action.HOLD, now));
        }
        return alerts;
    }

    private ObjectNode alert(Signal signal, Action action, Instant ends) {
        ObjectNode alert = Json.object();
        ObjectNode labels = alert.putObject("labels");
        labels.put(
                "alertname",
                "Andon" + action.name().charAt(0) + action.name().substring(1).toLowerCase(java.util.Locale.ROOT));
        labels.put("severity", severity(action));
        label(labels, "rollout", signal.getRolloutId());
        if (signal.getRolloutId() == null) {
            label(labels, "cluster", signal.getCluster());
        }
        ObjectNode annotations = alert.putObject("annotations");
        annotations.put("summary", Payload.text(Wording.headline(signal), LONGEST_ANNOTATION));
        annotations.put("signal_id", signal.getSignalId());
        label(annotations, "cluster", signal.getCluster());
        label(annotations, "exposure", Wording.exposure(signal));
        annotations.put("evidence", evidence(signal));
        alert.put("startsAt", signal.getTime().toString());
        alert.put("endsAt", ends.toString());
        if (!config.console().isEmpty()) {
            alert.put("generatorURL", config.console());
        }
        return alert;
    }

    private static void label(ObjectNode labels, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            labels.put(name, Payload.text(value, LONGEST_LABEL));
        }
    }

    private static String evidence(Signal signal) {
        StringBuilder text = new StringBuilder();
        for (Evidence piece : signal.getEvidence()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(piece.getSeries())
                    .append(' ')
                    .append(piece.getKind());
            if (piece.getBefore() != null && piece.getAfter() != null) {
                text.append(" from ")
                        .append(piece.getBefore())
                        .append(" to ")
                        .append(piece.getAfter())
                        .append(' ')
                        .append(Objects.requireNonNullElse(piece.getUnit(), ""));
            }
            if (text.length() > LONGEST_ANNOTATION) {
                break;
            }
        }
        return Payload.text(text.toString(), LONGEST_ANNOTATION);
    }

    private static String severity(Action action) {
        return switch (action) {
            case HALT, ALARM -> "critical";
            case HOLD -> "warning";
            case CLEAR, UNKNOWN -> "info";
        };
    }
}
