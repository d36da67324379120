package dev.andon.connect.intake;

import dev.andon.connect.common.Version;
import dev.andon.connect.outlet.SourceMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Runs an endpoint as a Connect task. */
public abstract class PushSourceTask extends SourceTask {
    /** Short: what is due by time alone is asked for as often. */
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);

    private final ConfigDef options;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Running running;

    protected PushSourceTask(ConfigDef options) {
        this.options = options;
    }

    private record Running(Endpoint endpoint, Mailbox mailbox, IntakeServer server) {}

    /** Makes what receives. */
    protected abstract Endpoint open(AbstractConfig config, Clock clock, SourceMetrics metrics);

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        var config = new AbstractConfig(options, props, false);
        Listening listening = Listening.of(config);
        SourceMetrics metrics = SourceMetrics.of(context);
        Endpoint endpoint = open(config, clock, metrics);
        var mailbox = new Mailbox(listening.maxWaiting());
        var server = new IntakeServer(listening, endpoint, mailbox, metrics);
        server.start();
        running = new Running(endpoint, mailbox, server);
    }

    /** @return the port on which it listens */
    public int port() {
        Running current = running;
        if (current == null) {
            throw new IllegalStateException("the task is not running");
        }
        return current.server().port();
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Running current = running;
        if (current == null) {
            return null;
        }
        List<SourceRecord> due = current.endpoint().due(clock.instant());
        if (!due.isEmpty()) {
            current.mailbox().put(due, inKafka -> {});
        }
        List<SourceRecord> records = current.mailbox().poll(LONGEST_POLL);
        return records.isEmpty() ? null : records;
    }

    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        Running current = running;
        if (current != null) {
            current.mailbox().acknowledged(record);
        }
    }

    /** Called from another thread than the one that polls. */
    @Override
    public void stop() {
        Running current = running;
        running = null;
        if (current != null) {
            current.mailbox().close();
            current.server().close();
        }
    }
}
