package dev.andon.connect.audit;

import dev.andon.connect.intake.Endpoint;
import dev.andon.connect.intake.Push;
import dev.andon.connect.intake.Reply;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.schema.ApiserverLatency;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.source.SourceRecord;

/** Takes in audit events, and hands out sums when their interval is over. */
final class AuditEndpoint implements Endpoint {
    private static final String STREAM = "audit";

    /** API servers that are remembered at once. */
    private static final int MAX_ORIGINS = 1_000;

    private final AbstractConfig config;
    private final Clock clock;
    private final Outlet outlet;
    private final SourceMetrics metrics;
    private final EventListReader reader = new EventListReader();
    private final Map<Origin, ClientWindows> servers = new HashMap<>();

    private record Origin(String cluster, String instance) {}

    AuditEndpoint(AbstractConfig config, Clock clock, Outlet outlet, SourceMetrics metrics) {
        this.config = config;
        this.clock = clock;
        this.outlet = outlet;
        this.metrics = metrics;
    }

    @Override
    public Reply receive(Push push) {
        Instant now = clock.instant();
        try {
            Origin origin = origin(push.path());
            EventListReader.Events events = reader.read(push.body());
            return taken(now, origin, events);
        } catch (RefusedException e) {
            String message = "" + e.getMessage();
            return Reply.refused(400, message, outlet.refused(now, STREAM, e.reason(), 1, push.body(), message));
        }
    }

    private Reply taken(Instant now, Origin origin, EventListReader.Events events) throws RefusedException {
        var refused = new EnumMap<Refusal, Integer>(Refusal.class);
        synchronized (servers) {
            ClientWindows windows = windows(origin);
            for (Call call : events.calls()) {
                windows.add(call, now).ifPresent(reason -> refused.merge(reason, 1, Integer::sum));
            }
        }
        metrics.add(
                "events-total",
                "Audit events received.",
                "outcome",
                "counted",
                events.calls().size());
        metrics.rejected(Refusal.NOT_COUNTED, events.notCounted());
        metrics.rejected(Refusal.LATE, refused.getOrDefault(Refusal.LATE, 0));
        var letters = new ArrayList<SourceRecord>();
        refuse(now, origin, Refusal.BAD_EVENT, events.bad(), letters);
        refuse(now, origin, Refusal.FROM_THE_FUTURE, refused.getOrDefault(Refusal.FROM_THE_FUTURE, 0), letters);
        return new Reply(200, "taken", Map.of(), letters);
    }

    private void refuse(Instant now, Origin origin, Refusal reason, int count, List<SourceRecord> letters) {
        if (count > 0) {
            String detail = count + " events of " + origin.cluster() + "/" + origin.instance();
            outlet.refused(now, STREAM, reason, count, detail.getBytes(StandardCharsets.UTF_8), detail)
                    .ifPresent(letters::add);
        }
    }

    @Override
    public List<SourceRecord> due(Instant now) {
        var samples = new ArrayList<ApiserverLatency>();
        synchronized (servers) {
            servers.values().forEach(windows -> samples.addAll(windows.due(now)));
            servers.values().removeIf(windows -> servers.size() > MAX_ORIGINS / 2 && windows.isEmpty());
        }
        return samples.stream()
                .map(sample -> outlet.record(
                        Position.heard(sample.getCluster() + "/" + sample.getInstance(), sample.getTime()), sample))
                .toList();
    }

    private ClientWindows windows(Origin origin) throws RefusedException {
        ClientWindows known = servers.get(origin);
        if (known != null) {
            return known;
        }
        if (servers.size() >= MAX_ORIGINS) {
            throw new RefusedException(
                    Refusal.TOO_MANY_ORIGINS,
                    "more than " + MAX_ORIGINS + " API servers; run one more connector for them");
        }
        var windows = new ClientWindows(
                origin.cluster(),
                origin.instance(),
                Duration.ofMillis(config.getLong(AuditSourceConfig.INTERVAL_MS)),
                Duration.ofMillis(config.getLong(AuditSourceConfig.LATENESS_MS)),
                Duration.ofMillis(config.getLong(AuditSourceConfig.SKEW_MAX_MS)),
                config.getInt(AuditSourceConfig.CLIENTS_MAX));
        servers.put(origin, windows);
        return windows;
    }

    /** The last two parts of the path: an event does not say which cluster it is of. */
    private static Origin origin(String path) throws RefusedException {
        String[] parts = path.split("/", -1);
        int last = parts.length - 1;
        if (last < 2 || parts[last].isBlank() || parts[last - 1].isBlank() || path.length() > 500) {
            throw new RefusedException(
                    Refusal.NO_ORIGIN, "the path must end in /CLUSTER/INSTANCE, such as /v1/audit/prod-west-3/api-1");
        }
        return new Origin(parts[last - 1], parts[last]);
    }
}
