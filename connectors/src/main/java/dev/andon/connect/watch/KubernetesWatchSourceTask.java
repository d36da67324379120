package dev.andon.connect.watch;

import dev.andon.connect.common.ApiClient;
import dev.andon.connect.common.Version;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import dev.andon.schema.RolloutEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Watches one cluster. See {@link KubernetesWatchSourceConnector}. */
public final class KubernetesWatchSourceTask extends SourceTask {
    private static final int REQUEST_MILLIS = 30_000;
    private static final int MAX_WAITING = 10_000;

    private final BlockingQueue<SourceRecord> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private volatile @Nullable ClusterWatch watch;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        var config = new AbstractConfig(KubernetesWatchSourceConfig.OPTIONS, props, false);
        WatchSettings settings = WatchSettings.of(config);
        var outlet = new Outlet("kubernetes-watch", Topics.of(config), SourceMetrics.of(context));
        var started = new ClusterWatch(
                settings,
                ApiClient.of(settings.access(), REQUEST_MILLIS),
                Clock.systemUTC(),
                object -> stored(settings.cluster(), object),
                (object, said, event) -> enqueue(outlet, settings.cluster(), object, said, event));
        watch = started;
        started.start();
    }

    private Optional<Known> stored(String cluster, String object) {
        return Known.ofOffset(context.offsetStorageReader().offset(partition(cluster, object)));
    }

    private static Map<String, String> partition(String cluster, String object) {
        return Map.of("cluster", cluster, "object", object);
    }

    private void enqueue(Outlet outlet, String cluster, String object, Known said, RolloutEvent event) {
        try {
            waiting.put(outlet.record(new Position(partition(cluster, object), said.toOffset()), event));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        SourceRecord first = waiting.poll(500, TimeUnit.MILLISECONDS);
        if (first == null) {
            return null;
        }
        var records = new ArrayList<SourceRecord>();
        records.add(first);
        waiting.drainTo(records);
        return records;
    }

    /** Called from another thread than the one that polls. */
    @Override
    public void stop() {
        ClusterWatch current = watch;
        watch = null;
        if (current != null) {
            current.close();
        }
        waiting.clear();
    }
}
