package dev.andon.connect.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Reply;
import dev.andon.connect.outlet.OldWorker;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import dev.andon.connect.outlet.WrittenRecords;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.AbstractConfig;

/** Fuzz target: what a CD system tells. The first byte says which, and how it sends it; the rest is the body. */
public final class RolloutEventsFuzz {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SECRET = "s3cret";
    private static final AbstractConfig CONFIG = new AbstractConfig(
            RolloutEventsSourceConfig.OPTIONS,
            Map.of(
                    "listen.port", "0",
                    "argocd.token", SECRET,
                    "argo.rollouts.token", SECRET,
                    "flagger.token", SECRET,
                    "spinnaker.token", SECRET,
                    "github.secret", SECRET,
                    "cdevents.token", SECRET),
            false);
    /** By the first byte of the inputs that are kept: their order stays. */
    private static final List<Sender> SENDERS = List.of(
            Sender.ARGO_CD, Sender.ARGO_ROLLOUTS, Sender.FLAGGER, Sender.SPINNAKER, Sender.GITHUB, Sender.CDEVENTS);

    private static final Topics TOPICS = Topics.of(CONFIG);

    private RolloutEventsFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Sender sender = SENDERS.get((input[0] & 0x7) % SENDERS.size());
        byte[] body = Arrays.copyOfRange(input, 1, input.length);
        SourceMetrics metrics = OldWorker.metrics();
        var endpoint = new EventsEndpoint(
                CONFIG, Clock.fixed(NOW, ZoneOffset.UTC), new Outlet("rollout-events", TOPICS, metrics), metrics);
        Reply reply = endpoint.receive(
                new Push("/v1/events/" + sender.path() + "/prod-1", headers(input[0] >> 4 & 0x3, body), body));

        assertThat(reply.status()).isIn(202, 204, 400);
        assertThat(reply.message()).doesNotContain(SECRET);
        WrittenRecords.check(reply.records());
    }

    private static Map<String, String> headers(int variant, byte[] body) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", "Bearer " + SECRET);
        headers.put("X-Hub-Signature-256", signature(body));
        headers.put("X-GitHub-Event", variant % 2 == 0 ? "deployment_status" : "deployment");
        headers.put("ce-type", "dev.cdevents.service.upgraded.0.2.0");
        headers.put(
                "Content-Type",
                switch (variant) {
                    case 0 -> "application/json";
                    case 1 -> "application/cloudevents+json";
                    default -> "application/cloudevents-batch+json";
                });
        return headers;
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
