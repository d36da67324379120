package dev.andon.connect.probe;

import dev.andon.connect.common.Version;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SimpleResolver;

/** Asks a share of the servers. See {@link DnsProbeSourceConnector}. */
public final class DnsProbeSourceTask extends SourceTask {
    /** Short, so that the framework can pause and stop the task in between. */
    private static final long LONGEST_POLL_NANOS = Duration.ofMillis(500).toNanos();

    private final CountDownLatch stopped = new CountDownLatch(1);
    private List<Prober> probers = List.of();
    private @Nullable Outlet outlet;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        var config = new AbstractConfig(DnsProbeSourceConfig.OPTIONS, props, false);
        ProbeSettings settings = ProbeSettings.of(config);
        Clock clock = Clock.systemUTC();
        outlet = new Outlet("dns-probe", Topics.of(config), SourceMetrics.of(context));
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        probers = settings.servers().stream()
                .map(server -> new Prober(server, settings, exchange(server, settings), clock, System::nanoTime, run))
                .toList();
    }

    private static Exchange exchange(DnsServer server, ProbeSettings settings) {
        return question -> {
            var resolver = new SimpleResolver(server.address());
            resolver.setTimeout(settings.timeout());
            // A truncated answer is an answer; asking again over TCP would be a second question.
            resolver.setIgnoreTruncation(true);
            return resolver.sendAsync(question);
        };
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Outlet current = outlet;
        if (current == null || stopped.getCount() == 0) {
            return null;
        }
        long now = System.nanoTime();
        long due = probers.stream().mapToLong(Prober::dueNanos).min().orElse(now + LONGEST_POLL_NANOS);
        if (stopped.await(Math.max(0, Math.min(due - now, LONGEST_POLL_NANOS)), TimeUnit.NANOSECONDS)) {
            return null;
        }
        var records = new ArrayList<SourceRecord>();
        for (Prober prober : probers) {
            prober.step().forEach(sample -> records.add(current.record(position(prober), sample)));
        }
        return records.isEmpty() ? null : records;
    }

    private static Position position(Prober prober) {
        return Position.heard(
                prober.server().id(), Instant.ofEpochMilli(Clock.systemUTC().millis()));
    }

    /** Called from another thread than the one that polls. */
    @Override
    public void stop() {
        stopped.countDown();
    }
}
