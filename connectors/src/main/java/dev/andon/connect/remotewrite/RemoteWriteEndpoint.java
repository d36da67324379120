package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Malformed;
import dev.andon.connect.intake.Endpoint;
import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Reply;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Speaks remote write. 204 says that all was taken and that what it completed is in Kafka; 400 that some or all can never
 * be taken and must not be sent again, though the rest was; 503 that the same request should come again.
 */
final class RemoteWriteEndpoint implements Endpoint {
    private static final String STREAM = "remote-write";
    private static final String WRITTEN = "X-Prometheus-Remote-Write-";

    /** What is left out on purpose: the sender did nothing wrong. */
    private static final Set<Refusal> HARMLESS = EnumSet.of(Refusal.LATE, Refusal.OTHER_REPLICA, Refusal.UNMAPPED);

    private final RemoteWriteSettings settings;
    private final Clock clock;
    private final Outlet outlet;
    private final SourceMetrics metrics;
    private final Receiver receiver;

    RemoteWriteEndpoint(RemoteWriteSettings settings, Clock clock, Outlet outlet, SourceMetrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.outlet = outlet;
        this.metrics = metrics;
        this.receiver = new Receiver(settings);
    }

    private enum Protocol {
        VERSION_1,
        VERSION_2
    }

    @Override
    public Reply receive(Push push) {
        Instant now = clock.instant();
        try {
            Protocol protocol = protocol(push);
            byte[] message = Unpacked.of(push.body(), settings.maxUnpackedBytes());
            var decoder = new BatchDecoder(settings.maxSamples(), 2 * settings.maxUnpackedBytes());
            Batch batch = protocol == Protocol.VERSION_1 ? decoder.version1(message) : decoder.version2(message);
            return reply(now, batch, receiver.apply(batch, now), protocol);
        } catch (RefusedException e) {
            boolean media = e.reason() == Refusal.WRONG_CONTENT_TYPE || e.reason() == Refusal.WRONG_ENCODING;
            String message = "" + e.getMessage();
            return Reply.refused(
                    media ? 415 : 400, message, outlet.refused(now, STREAM, e.reason(), 1, push.body(), message));
        }
    }

    @Override
    public List<SourceRecord> due(Instant now) {
        return records(now, receiver.due(now));
    }

    private Reply reply(Instant now, Batch batch, Receiver.Applied applied, Protocol protocol) {
        metrics.add(
                "samples-total",
                "Samples received.",
                "protocol",
                protocol.name().toLowerCase(Locale.ROOT),
                batch.size());
        List<SourceRecord> records = records(now, applied);
        Map<Refusal, Integer> errors = applied.refusals().entrySet().stream()
                .filter(refused -> !HARMLESS.contains(refused.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (batch.badHistograms() > 0) {
            errors.put(Refusal.BAD_HISTOGRAM, batch.badHistograms());
        }
        var written = Map.of(
                WRITTEN + "Samples-Written", "" + Math.max(0, applied.written() - batch.histogramCount()),
                WRITTEN + "Histograms-Written", "" + Math.min(applied.written(), batch.histogramCount()),
                WRITTEN + "Exemplars-Written", "0");
        if (errors.isEmpty()) {
            return new Reply(204, "", written, records);
        }
        String message = errors.entrySet().stream()
                .map(refused -> refused.getValue() + " samples: " + SourceMetrics.label(refused.getKey())
                        + (applied.examples().containsKey(refused.getKey())
                                ? " (such as: " + applied.examples().get(refused.getKey()) + ")"
                                : ""))
                .collect(Collectors.joining("; ", "refused ", ""));
        errors.forEach((reason, count) -> outlet.refused(
                        now, STREAM, reason, count, message.getBytes(StandardCharsets.UTF_8), message)
                .ifPresent(records::add));
        return new Reply(400, message, written, records);
    }

    private List<SourceRecord> records(Instant now, Receiver.Applied applied) {
        applied.rejections().forEach(metrics::rejected);
        applied.scrapes()
                .forEach((outcome, count) -> metrics.add(
                        "scrapes-total", "Scrapes put together.", "outcome", SourceMetrics.label(outcome), count));
        applied.refusals().forEach((reason, count) -> {
            if (HARMLESS.contains(reason)) {
                metrics.rejected(reason, count);
            }
        });
        var position = Position.heard(STREAM, now);
        var records = new ArrayList<SourceRecord>();
        applied.records().forEach(sample -> records.add(outlet.record(position, sample)));
        applied.malformed().values().forEach(series -> malformed(now, series).ifPresent(records::add));
        return records;
    }

    /** The requests were answered when the scrape was not yet complete: the sender cannot be told any more. */
    private Optional<SourceRecord> malformed(Instant now, Malformed series) {
        String detail = series.count() + " series of a scrape: " + SourceMetrics.label(series.defect()) + ", such as "
                + series.excerpt();
        return outlet.refused(
                now, STREAM, series.defect(), series.count(), detail.getBytes(StandardCharsets.UTF_8), detail);
    }

    private static Protocol protocol(Push push) throws RefusedException {
        String encoding = push.header("Content-Encoding").strip().toLowerCase(Locale.ROOT);
        if (!encoding.equals("snappy")) {
            throw new RefusedException(
                    Refusal.WRONG_ENCODING, "the Content-Encoding is '" + encoding + "'; expected snappy");
        }
        String type = push.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/x-protobuf", "application/x-protobuf;proto=prometheus.writerequest" -> Protocol.VERSION_1;
            case "application/x-protobuf;proto=io.prometheus.write.v2.request" -> Protocol.VERSION_2;
            default ->
                throw new RefusedException(
                        Refusal.WRONG_CONTENT_TYPE,
                        "the Content-Type is '" + type + "'; expected application/x-protobuf, with"
                                + " proto=prometheus.WriteRequest or proto=io.prometheus.write.v2.Request");
        };
    }
}
