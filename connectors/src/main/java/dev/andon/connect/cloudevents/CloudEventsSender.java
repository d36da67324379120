package dev.andon.connect.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.andon.connect.common.Errand;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Reason;
import dev.andon.connect.common.Payload;
import dev.andon.connect.common.Sender;
import dev.andon.connect.common.Wording;
import dev.andon.schema.Action;
import dev.andon.schema.Signal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Posts signals as CDEvents: HALT and ALARM are an incident detected, CLEAR is one resolved. CDEvents has no word for a
 * hold, so a HOLD travels as an event of Andon's own type. The whole signal is in customData.
 */
final class CloudEventsSender implements Sender {
    private static final String DETECTED = "dev.cdevents.incident.detected.0.3.0";
    private static final String RESOLVED = "dev.cdevents.incident.resolved.0.3.0";
    private static final String HELD = "dev.andon.rollout.held.0.1.0";
    private static final String SPECIFICATION = "0.6.0-draft";

    private final CloudEventsSinkConfig config;
    private final HttpTransport transport;

    CloudEventsSender(CloudEventsSinkConfig config, HttpTransport transport) {
        this.config = config;
        this.transport = transport;
    }

    @Override
    public String target() {
        return HttpTransport.origin(config.url());
    }

    @Override
    public String plan(Signal signal) {
        return "POST the event " + type(signal.getAction()) + " to " + target();
    }

    @Override
    public Errand errand(Signal signal) {
        return now -> send(signal);
    }

    private Outcome send(Signal signal) {
        Optional<byte[]> body = Payload.of(signal, config.maxPayloadBytes(), json -> event(signal, Json.own(json)));
        if (body.isEmpty()) {
            return Outcome.unsendable(
                    Reason.OVERSIZED,
                    "even without evidence, candidates and reason it is longer than " + config.maxPayloadBytes()
                            + " bytes; raise " + CloudEventsSinkConfig.MAX_PAYLOAD_BYTES);
        }
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put("Content-Type", "application/cloudevents+json");
        return transport.post(config.url(), headers, body.get());
    }

    /** The structured mode of the binding: one JSON object holds the attributes and the event. */
    private byte[] event(Signal signal, JsonNode whole) {
        String type = type(signal.getAction());
        String subject = Wording.subject(signal);
        ObjectNode event = Json.object();
        event.put("specversion", "1.0");
        event.put("id", signal.getSignalId());
        event.put("source", config.source());
        event.put("type", type);
        event.put("subject", subject);
        event.put("time", signal.getTime().toString());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        ObjectNode context = data.putObject("context");
        context.put("version", SPECIFICATION);
        context.put("id", signal.getSignalId());
        context.put("source", config.source());
        context.put("type", type);
        context.put("timestamp", signal.getTime().toString());
        if (signal.getRolloutId() != null) {
            // The standard's way to say what an event is about: the chain that the rollout's own events belong to.
            context.putArray("links")
                    .addObject()
                    .put("linkType", "RELATION")
                    .put("linkKind", "TRIGGER")
                    .putObject("target")
                    .put("contextId", signal.getRolloutId());
        }
        ObjectNode about = data.putObject("subject");
        about.put("id", subject);
        about.put("source", config.source());
        about.put("type", type.equals(HELD) ? "rollout" : "incident");
        ObjectNode content = about.putObject("content");
        content.putObject("environment").put("id", config.environment());
        content.put("description", whole.path("reason").asText());
        data.set("customData", whole);
        data.put("customDataContentType", "application/json");
        return Json.bytes(event);
    }

    private static String type(Action action) {
        return switch (action) {
            case HALT, ALARM -> DETECTED;
            case CLEAR -> RESOLVED;
            case HOLD, UNKNOWN -> HELD;
        };
    }
}
