package dev.andon.connect.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Reply;
import dev.andon.connect.outlet.OldWorker;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import dev.andon.connect.outlet.WrittenRecords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;

/** Fuzz target: what an API server sends to its audit webhook. */
public final class EventListFuzz {
    /** When lists are received: events of the corpus are of the seconds before. */
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final AbstractConfig CONFIG =
            new AbstractConfig(AuditSourceConfig.OPTIONS, Map.of("listen.port", "0"), false);
    private static final Topics TOPICS = Topics.of(CONFIG);
    private static final JsonMapper JSON = new JsonMapper();

    private EventListFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] body) {
        SourceMetrics metrics = OldWorker.metrics();
        var endpoint = new AuditEndpoint(
                CONFIG, Clock.fixed(NOW, ZoneOffset.UTC), new Outlet("audit", TOPICS, metrics), metrics);
        Reply reply = endpoint.receive(new Push("/v1/audit/prod/api-1", Map.of(), body));

        assertThat(reply.status()).isIn(200, 400);
        WrittenRecords.check(reply.records());
        WrittenRecords.check(endpoint.due(NOW.plus(Duration.ofMinutes(5))));
        losesNoEvent(body);
    }

    /** A reader that keeps the whole document finds no event that ours does not. */
    private static void losesNoEvent(byte[] body) {
        try {
            EventListReader.Events events = new EventListReader().read(body);
            JsonNode items = JSON.readTree(body).path("items");
            assertThat(events.calls().size() + events.notCounted() + events.bad())
                    .isGreaterThanOrEqualTo(items.isArray() ? items.size() : 0);
            events.calls()
                    .forEach(
                            call -> assertThat(call.latencySeconds()).isFinite().isNotNegative());
        } catch (RefusedException | IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).{5,}");
        }
    }
}
