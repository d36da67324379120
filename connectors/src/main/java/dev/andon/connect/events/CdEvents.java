package dev.andon.connect.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.schema.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Service events of CDEvents over the HTTP binding of CloudEvents: structured, batched and binary. CDEvents has no words
 * for the progress of a rollout; {@code customData} may give {@code phase}, {@code updated}, {@code total} and
 * {@code rolloutId}.
 */
final class CdEvents implements Translator {
    private static final Pattern TYPE = Pattern.compile("dev\\.cdevents\\.([a-z]+)\\.([a-z]+)\\..*");

    @Override
    public List<Told> translate(Body body, UnaryOperator<String> header) throws RefusedException {
        String contentType = header.apply("Content-Type").toLowerCase(Locale.ROOT);
        if (contentType.startsWith("application/cloudevents-batch+json")) {
            var told = new ArrayList<Told>();
            for (JsonNode event : body.json()) {
                told.add(structured(new Body(event)));
            }
            return told;
        }
        if (contentType.startsWith("application/cloudevents+json")) {
            return List.of(structured(body));
        }
        String type = header.apply("ce-type");
        if (type.isEmpty()) {
            throw RefusedException.notUnderstood("neither the header ce-type nor the Content-Type"
                    + " application/cloudevents+json: this is no CloudEvent");
        }
        return List.of(told(type, body));
    }

    private static Told structured(Body envelope) throws RefusedException {
        return told(envelope.required("/type"), envelope.at("/data"));
    }

    private static Told told(String type, Body event) throws RefusedException {
        Matcher parts = TYPE.matcher(type);
        if (!parts.matches() || !parts.group(1).equals("service")) {
            throw RefusedException.notARollout("'" + type + "' is no service event of CDEvents");
        }
        Phase phase = phase(parts.group(2), event.text("/customData/phase"));
        String service = event.required("/subject/id");
        Optional<String> artifact = event.text("/subject/content/artifactId");
        int slash = service.indexOf('/');
        return new Told(
                event.time("/context/timestamp"),
                event.text("/customData/rolloutId")
                        .or(() -> event.text("/context/chainId"))
                        .orElse(Told.id(service, artifact)),
                event.text("/subject/content/environment/id"),
                phase,
                Told.workload(
                        slash < 0 ? "Service" : service.substring(0, slash),
                        event.text("/customData/namespace"),
                        service.substring(slash + 1)),
                artifact,
                event.count("/customData/updated"),
                event.count("/customData/total"),
                event.text("/customData/identity"),
                "cdevents",
                event.text("/context/source").orElse(service));
    }

    private static Phase phase(String predicate, Optional<String> custom) throws RefusedException {
        if (custom.isPresent()) {
            try {
                return Phase.valueOf(custom.get().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw RefusedException.notUnderstood("customData.phase is '" + custom.get()
                        + "'; expected STARTED, PROGRESSING," + " PAUSED, COMPLETED, ABORTED or ROLLED_BACK");
            }
        }
        return switch (predicate) {
            case "deployed", "upgraded" -> Phase.COMPLETED;
            case "rolledback" -> Phase.ROLLED_BACK;
            default -> throw RefusedException.notARollout("service." + predicate + " changes no pods");
        };
    }
}
