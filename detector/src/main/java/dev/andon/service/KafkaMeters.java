package dev.andon.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;

/**
 * Lets through the few metrics of Kafka's clients that somebody acts upon. A Kafka Streams client has hundreds of series
 * per thread, partition and store.
 */
final class KafkaMeters implements MeterFilter {
    private static final Set<String> CHOSEN = Set.of(
            "kafka.stream.client.state",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.process.latency.max",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.blocked.time.ns.total",
            "kafka.stream.task.dropped.records.total",
            "kafka.stream.state.updater.active.restore.ratio",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.stream.state.block.cache.usage",
            "kafka.stream.state.block.cache.pinned.usage",
            "kafka.stream.state.size.all.mem.tables",
            "kafka.stream.state.estimate.table.readers.mem");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        return !name.startsWith("kafka.") || CHOSEN.contains(name) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }
}
