package dev.andon.connect.events;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.andon.connect.intake.Endpoint;
import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Reply;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.schema.RolloutEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.source.SourceRecord;

/** Takes {@code POST …/SENDER} and {@code POST …/SENDER/CLUSTER}. */
final class EventsEndpoint implements Endpoint {
    /** A rollout event from the future would order itself behind every later one. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new JsonMapper(com.fasterxml.jackson.core.JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build());

    private final Clock clock;
    private final Outlet outlet;
    private final SourceMetrics metrics;
    private final Map<Sender, Password> secrets = new EnumMap<>(Sender.class);
    private final Map<Sender, Translator> translators;

    EventsEndpoint(AbstractConfig config, Clock clock, Outlet outlet, SourceMetrics metrics) {
        this.clock = clock;
        this.outlet = outlet;
        this.metrics = metrics;
        for (Sender sender : Sender.values()) {
            Password secret = config.getPassword(sender.option());
            if (secret != null) {
                secrets.put(sender, secret);
            }
        }
        translators = Map.of(
                Sender.ARGO_CD, new ArgoCd(),
                Sender.ARGO_ROLLOUTS, new ArgoRollouts(),
                Sender.FLAGGER, new Flagger(),
                Sender.SPINNAKER, new Spinnaker(),
                Sender.GITHUB,
                        new GitHub(EnvironmentClusters.parse(
                                config.getList(RolloutEventsSourceConfig.ENVIRONMENT_CLUSTERS))),
                Sender.CDEVENTS, new CdEvents());
    }

    /** The parts of a path that matter. */
    private record Address(Sender sender, Optional<String> cluster) {}

    @Override
    public Reply receive(Push push) {
        Instant now = clock.instant();
        try {
            Address address = address(push.path());
            Body body = authorized(address.sender(), push);
            List<Told> told = translator(address.sender()).translate(body, push::header);
            return Reply.accepted(events(address, told, now));
        } catch (RefusedException e) {
            return refused(now, push, e);
        }
    }

    @Override
    public List<SourceRecord> due(Instant now) {
        return List.of();
    }

    private Reply refused(Instant now, Push push, RefusedException e) {
        String message = "" + e.getMessage();
        return switch (e.reason()) {
            case UNKNOWN_SENDER, UNAUTHORIZED, NOT_A_ROLLOUT -> {
                // Whoever proved nothing gets nothing written, or anybody could fill the topic.
                metrics.rejected(e.reason(), 1);
                yield Reply.of(
                        e.reason() == Refusal.UNKNOWN_SENDER ? 404 : e.reason() == Refusal.UNAUTHORIZED ? 401 : 202,
                        message);
            }
            case BAD_JSON, NOT_UNDERSTOOD, NO_CLUSTER, FROM_THE_FUTURE ->
                Reply.refused(400, message, outlet.refused(now, push.path(), e.reason(), 1, push.body(), message));
        };
    }

    private List<SourceRecord> events(Address address, List<Told> told, Instant now) throws RefusedException {
        var records = new ArrayList<SourceRecord>();
        for (Told one : told) {
            String cluster = one.cluster()
                    .or(address::cluster)
                    .orElseThrow(() -> new RefusedException(
                            Refusal.NO_CLUSTER,
                            "neither the body nor the path names the cluster; send to …/"
                                    + address.sender().path() + "/CLUSTER"));
            RolloutEvent event = one.event(cluster, now);
            if (event.getTime().isAfter(now.plus(MAX_SKEW))) {
                throw new RefusedException(
                        Refusal.FROM_THE_FUTURE, "the event is of " + event.getTime() + " and it is " + now);
            }
            records.add(outlet.record(Position.heard(address.sender().path() + "/" + cluster, now), event));
        }
        return records;
    }

    private Body authorized(Sender sender, Push push) throws RefusedException {
        Password secret = secrets.get(sender);
        if (secret == null) {
            throw new RefusedException(
                    Refusal.UNKNOWN_SENDER, sender.path() + " may not send; set " + sender.option() + " to allow it");
        }
        // The token of Flagger is in the body, so the body is read first; its size and depth are bounded.
        Optional<JsonNode> json = json(push.body());
        if (!sender.proves(secret, push, new Body(json.orElse(JSON.createObjectNode())))) {
            throw new RefusedException(Refusal.UNAUTHORIZED, "the token or signature is missing or wrong");
        }
        return new Body(json.orElseThrow(() -> new RefusedException(Refusal.BAD_JSON, "the body is not JSON")));
    }

    private Translator translator(Sender sender) throws RefusedException {
        Translator translator = translators.get(sender);
        if (translator == null) {
            throw new RefusedException(Refusal.UNKNOWN_SENDER, sender.path() + " is not known");
        }
        return translator;
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null || json.isMissingNode() ? Optional.empty() : Optional.of(json);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Address address(String path) throws RefusedException {
        String[] parts = path.split("/", -1);
        int last = parts.length - 1;
        Optional<Sender> alone = Sender.of(parts[last]);
        if (alone.isPresent()) {
            return new Address(alone.get(), Optional.empty());
        }
        Optional<Sender> before = last > 0 ? Sender.of(parts[last - 1]) : Optional.empty();
        if (before.isEmpty() || parts[last].isBlank() || parts[last].length() > 253) {
            throw new RefusedException(
                    Refusal.UNKNOWN_SENDER,
                    "send to /v1/events/SENDER or /v1/events/SENDER/CLUSTER, SENDER being one of argocd, argo-rollouts,"
                            + " flagger, spinnaker, github, cdevents");
        }
        return new Address(before.get(), Optional.of(parts[last]));
    }
}
