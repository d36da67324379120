package dev.andon.connect.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Reply;
import dev.andon.connect.outlet.OldWorker;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import dev.andon.connect.outlet.WrittenRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;

/** What holds for every request of remote write, whatever its bytes. */
final class Requests {
    /** When requests are received: samples of the corpus are of the minutes before. */
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final AbstractConfig CONFIG = new AbstractConfig(
            RemoteWriteSourceConfig.OPTIONS,
            Map.of(
                    "listen.port", "0",
                    "cluster.default", "prod",
                    "request.max.samples", "5000",
                    "unpacked.max.bytes", "1048576",
                    "measurements", "depth=workqueue_depth 1 HIGHER"),
            false);
    private static final RemoteWriteSettings SETTINGS = RemoteWriteSettings.of(CONFIG);
    private static final Topics TOPICS = Topics.of(CONFIG);

    private Requests() {}

    static void receive(byte[] body, Map<String, String> headers) {
        SourceMetrics metrics = OldWorker.metrics();
        var endpoint = new RemoteWriteEndpoint(
                SETTINGS, Clock.fixed(NOW, ZoneOffset.UTC), new Outlet("remote-write", TOPICS, metrics), metrics);
        Reply reply = endpoint.receive(new Push("/api/v1/write", headers, body));

        // A sender tries again after anything but these, for ever.
        assertThat(reply.status()).isIn(204, 400, 415);
        reply.headers().values().forEach(count -> assertThat(Long.parseLong(count))
                .isNotNegative());
        WrittenRecords.check(reply.records());
        WrittenRecords.check(endpoint.due(NOW.plus(Duration.ofMinutes(5))));
    }
}
