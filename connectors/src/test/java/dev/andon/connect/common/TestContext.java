package dev.andon.connect.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What the framework would offer a task, remembered. */
public final class TestContext implements SinkTaskContext {
    /** Milliseconds of each wait that the task asked for. */
    public final List<Long> waits = new ArrayList<>();

    /** Offset and reason of each record that went to the dead letter topic. */
    public final Map<Long, Throwable> deadLetters = new LinkedHashMap<>();

    private final boolean hasDeadLetterTopic;

    public TestContext(boolean hasDeadLetterTopic) {
        this.hasDeadLetterTopic = hasDeadLetterTopic;
    }

    @Override
    @SuppressWarnings("NullAway") // the framework returns null where no dead letter topic is set
    public @Nullable ErrantRecordReporter errantRecordReporter() {
        return hasDeadLetterTopic ? this::report : null;
    }

    private CompletableFuture<Void> report(SinkRecord record, Throwable cause) {
        deadLetters.put(record.originalKafkaOffset(), cause);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void timeout(long timeoutMs) {
        waits.add(timeoutMs);
    }

    @Override
    public Map<String, String> configs() {
        throw unexpected();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw unexpected();
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw unexpected();
    }

    @Override
    public Set<TopicPartition> assignment() {
        throw unexpected();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw unexpected();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw unexpected();
    }

    @Override
    public void requestCommit() {
        throw unexpected();
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw unexpected();
    }

    private static AssertionError unexpected() {
        return new AssertionError("a sink of signals has no need of this");
    }
}
