package dev.andon.connect.pagerduty;

import dev.andon.connect.common.Answer;
import dev.andon.connect.common.Errand;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Json;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Kind;
import dev.andon.connect.common.Outcome.Reason;
import dev.andon.connect.common.Pace;
import dev.andon.connect.common.Payload;
import dev.andon.connect.common.Sender;
import dev.andon.schema.Action;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Signal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Sends events to PagerDuty, and asks it, where it may, whether somebody has acknowledged. */
final class PagerDutySender implements Sender {
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");
    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

    private final PagerDutySinkConfig config;
    private final PagerDutyEvents events;
    private final HttpTransport transport;

    PagerDutySender(PagerDutySinkConfig config, HttpTransport transport) {
        this.config = config;
        this.events = new PagerDutyEvents(config.routingKey(), config.console());
        this.transport = transport;
    }

    @Override
    public String target() {
        return HttpTransport.origin(config.events());
    }

    @Override
    public Pace pace() {
        return new Pace(config.callsPerMinute(), Duration.ofMinutes(1));
    }

    @Override
    public String plan(Signal signal) {
        return "POST the event " + PagerDutyEvents.action(signal.getAction()) + " (severity "
                + PagerDutyEvents.severity(signal.getAction()) + ") to " + target();
    }

    @Override
    public Errand errand(Signal signal) {
        return new Page(signal);
    }

    @Override
    public Optional<Errand> started(RolloutEvent rollout) {
        return Optional.of(
                now -> transport.post(config.events().resolve("/v2/change/enqueue"), HEADERS, events.change(rollout)));
    }

    /** One signal: sent once, then asked after until somebody has acknowledged. */
    private final class Page implements Errand {
        private final Signal signal;
        private boolean sent;

        Page(Signal signal) {
            this.signal = signal;
        }

        @Override
        public Outcome attempt(Instant now) {
            return sent ? ask() : send();
        }

        private Outcome send() {
            Optional<byte[]> body =
                    Payload.of(signal, PagerDutyEvents.LONGEST_BYTES, json -> events.event(signal, Json.own(json)));
            if (body.isEmpty()) {
                return Outcome.unsendable(
                        Reason.OVERSIZED,
                        "even without evidence, candidates and reason it is longer than PagerDuty takes");
            }
            Outcome outcome = transport.post(config.events().resolve("/v2/enqueue"), HEADERS, body.get());
            if (outcome.kind() != Kind.DELIVERED) {
                return outcome;
            }
            sent = true;
            boolean awaits = !config.apiToken().isEmpty()
                    && (signal.getAction() == Action.HALT || signal.getAction() == Action.ALARM);
            return awaits ? outcome.again(ASK_AGAIN) : outcome;
        }

        /** An answer that cannot be had is no failure of the page: it was sent. */
        private Outcome ask() {
            String query = "incident_key="
                    + URLEncoder.encode(PagerDutyEvents.dedupKey(signal), StandardCharsets.UTF_8)
                    + "&statuses%5B%5D=acknowledged";
            URI uri = config.api().resolve("/incidents?" + query);
            Answer answer = transport.exchange(
                    "GET",
                    uri,
                    Map.of(
                            "Authorization",
                            "Token token=" + config.apiToken(),
                            "Accept",
                            "application/vnd.pagerduty+json;version=2"),
                    new byte[0]);
            boolean acknowledged = answer.outcome().kind() == Kind.DELIVERED
                    && !Json.answered(answer.body()).path("incidents").isEmpty();
            return acknowledged
                    ? answer.outcome().means(DeliveryStatus.ACKNOWLEDGED, "somebody has acknowledged the incident")
                    : Outcome.unconcerned("nobody has acknowledged yet").again(ASK_AGAIN);
        }
    }
}
