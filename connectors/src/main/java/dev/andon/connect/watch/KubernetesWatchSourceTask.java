package dev.andon.connect.watch;

import dev.andon.connect.common.ApiClient;
import dev.andon.connect.common.Version;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import dev.andon.schema.ClusterInfo;
import dev.andon.schema.RolloutEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
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
    /** Of the partition of an object's offset. */
    static final String OBJECT = "object";

    private static final int REQUEST_MILLIS = 30_000;
    private static final int MAX_WAITING = 10_000;

    private final BlockingQueue<SourceRecord> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable ClusterFacts facts;
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
        KubernetesClient client = ApiClient.of(settings.access(), REQUEST_MILLIS);
        var looking = new ClusterFacts(settings, client, clock, telling(outlet, settings.cluster()));
        var started = new ClusterWatch(
                settings,
                client,
                clock,
                object -> stored(settings.cluster(), object),
                (object, said, event) -> enqueue(outlet, settings.cluster(), object, said, event));
        facts = looking;
        watch = started;
        looking.start();
        started.start();
    }

    private Optional<Known> stored(String cluster, String object) {
        return Known.ofOffset(context.offsetStorageReader().offset(partition(cluster, object)));
    }

    private static Map<String, String> partition(String cluster, String object) {
        return Map.of("cluster", cluster, OBJECT, object);
    }

    private void enqueue(Outlet outlet, String cluster, String object, Known said, RolloutEvent event) {
        enqueue(outlet.record(new Position(partition(cluster, object), said.toOffset()), event));
    }

    private ClusterFacts.Telling telling(Outlet outlet, String cluster) {
        return new ClusterFacts.Telling() {
            @Override
            public void tell(ClusterInfo info) {
                enqueue(outlet.record(Position.heard(cluster, info.getTime()), info));
            }

            @Override
            public void refused(ConfigMapName where, RefusedException why) {
                // Not its text: plugins that ask other services have their passwords in it.
                outlet.refused(
                                clock.instant(),
                                cluster + " " + where,
                                why.reason(),
                                1,
                                new byte[0],
                                String.valueOf(why.getMessage()))
                        .ifPresent(KubernetesWatchSourceTask.this::enqueue);
            }
        };
    }

    private void enqueue(SourceRecord record) {
        try {
            waiting.put(record);
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
        ClusterFacts looking = facts;
        facts = null;
        if (looking != null) {
            looking.close();
        }
        ClusterWatch current = watch;
        watch = null;
        if (current != null) {
            current.close();
        }
        waiting.clear();
    }
}
