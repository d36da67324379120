package dev.andon.connect.outlet;

import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A worker before Kafka 4.1: it offers no metrics to plugins. */
public final class OldWorker implements SourceTaskContext {
    /** Metrics of a task of such a worker: nothing is counted. */
    public static SourceMetrics metrics() {
        return SourceMetrics.of(new OldWorker());
    }

    @Override
    public Map<String, String> configs() {
        throw new UnsupportedOperationException("the task is given its configuration");
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
        throw new UnsupportedOperationException("nothing was stored");
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new NoSuchMethodError("pluginMetrics");
    }
}
