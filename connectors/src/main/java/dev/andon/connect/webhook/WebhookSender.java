package dev.andon.connect.webhook;

import dev.andon.connect.common.Errand;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.Outcome;
import dev.andon.connect.common.Outcome.Reason;
import dev.andon.connect.common.Payload;
import dev.andon.connect.common.Sender;
import dev.andon.schema.Signal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Posts the JSON of a signal, signed. The id is that of the signal, so a receiver recognises a repetition. */
final class WebhookSender implements Sender {
    /** Fit for a header, and without the full stop that would make the signed text ambiguous. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x2D\\x2F-\\x7E]{1,256}");

    private final WebhookSinkConfig config;
    private final HttpTransport transport;

    WebhookSender(WebhookSinkConfig config, HttpTransport transport) {
        this.config = config;
        this.transport = transport;
    }

    @Override
    public String target() {
        return HttpTransport.origin(config.url());
    }

    @Override
    public Errand errand(Signal signal) {
        return now -> send(signal, now);
    }

    @Override
    public String plan(Signal signal) {
        return "POST the signed JSON of the " + signal.getAction() + " to " + target();
    }

    private Outcome send(Signal signal, Instant now) {
        String id = signal.getSignalId();
        if (!ID.matcher(id).matches()) {
            return Outcome.unsendable(
                    Reason.UNSENDABLE,
                    "its signalId cannot be a webhook-id: 1 to 256 visible ASCII characters without a full stop are");
        }
        Optional<byte[]> payload;
        try {
            payload = Payload.of(signal, config.maxPayloadBytes(), config.body()::render);
        } catch (IllegalArgumentException e) {
            return Outcome.unsendable(Reason.UNSENDABLE, WebhookSinkConfig.BODY_TEMPLATE + " " + e.getMessage());
        }
        if (payload.isEmpty()) {
            return Outcome.unsendable(
                    Reason.OVERSIZED,
                    "even without evidence, candidates and reason it is longer than " + config.maxPayloadBytes()
                            + " bytes; raise " + WebhookSinkConfig.MAX_PAYLOAD_BYTES);
        }
        byte[] body = payload.get();
        Map<String, String> headers = new LinkedHashMap<>(config.headers());
        headers.put("Content-Type", config.body().contentType());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", config.secrets().sign(id, now.getEpochSecond(), body));
        return transport.post(config.url(), headers, body);
    }
}
