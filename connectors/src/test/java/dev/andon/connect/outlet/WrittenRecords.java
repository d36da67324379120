package dev.andon.connect.outlet;

import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.Measurement;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** Holds whatever a source hands to Connect to what the worker, the topics and the detector can take. */
public final class WrittenRecords {
    /** The default limit of a topic, less what a record has beside its value. */
    private static final int MAX_BYTES = 1024 * 1024 - 1024;

    private static final SingleObjectSerde<ApiserverLatency> LATENCIES =
            new SingleObjectSerde<>(ApiserverLatency.class);
    private static final SingleObjectSerde<DnsErrors> DNS_ERRORS = new SingleObjectSerde<>(DnsErrors.class);
    private static final SingleObjectSerde<Measurement> MEASUREMENTS = new SingleObjectSerde<>(Measurement.class);
    private static final SingleObjectSerde<RolloutEvent> ROLLOUTS = new SingleObjectSerde<>(RolloutEvent.class);

    private WrittenRecords() {}

    /** @throws AssertionError when one of them could stop the task, or says what cannot be */
    public static void check(Collection<SourceRecord> records) {
        records.forEach(WrittenRecords::check);
    }

    private static void check(SourceRecord record) {
        byte[] value = (byte[]) record.value();
        require(record.timestamp() >= 0, "a worker gives up a task for a negative timestamp", record.timestamp());
        require(value.length < MAX_BYTES, "a broker does not take so many bytes", value.length);
        switch (record.topic()) {
            case "andon.apiserver-latency" -> check(LATENCIES.decode(value));
            case "andon.dns-errors" -> check(DNS_ERRORS.decode(value));
            case "andon.measurements" -> {
                double measured = MEASUREMENTS.decode(value).getValue();
                require(Double.isFinite(measured), "a measurement must be a number", measured);
            }
            case "andon.rollouts" -> check(ROLLOUTS.decode(value));
            case "andon.dead-letters" ->
                require(
                        record.headers().lastWithName(Outlet.REASON_HEADER) != null,
                        "a dead letter must say why",
                        record.headers());
            default -> throw new AssertionError("nobody reads the topic " + record.topic());
        }
    }

    private static void check(ApiserverLatency sample) {
        List<Double> bounds = sample.getUpperBoundsSeconds();
        boolean ascending = true;
        for (int i = 0; i < bounds.size(); i++) {
            ascending &= Double.isFinite(bounds.get(i)) && bounds.get(i) > (i == 0 ? 0 : bounds.get(i - 1));
        }
        require(ascending, "bounds must be above 0 and ascend", bounds);
        require(sample.getCounts().size() == bounds.size() + 1, "one count for each bucket", sample);
        require(areCounts(sample.getCounts()), "counts must be >= 0", sample.getCounts());
        require(sample.getIntervalMillis() > 0, "an interval must be > 0", sample.getIntervalMillis());
        Map<String, Long> codes = sample.getCodes();
        require(codes == null || areCounts(codes.values()), "counts must be >= 0", sample);
    }

    private static void check(DnsErrors sample) {
        require(sample.getIntervalMillis() > 0, "an interval must be > 0", sample.getIntervalMillis());
        require(sample.getResponses() >= 0 && areCounts(sample.getRcodes().values()), "counts must be >= 0", sample);
    }

    private static void check(RolloutEvent event) {
        require(!event.getRolloutId().isBlank(), "a rollout must have an id", event);
        require(!event.getCluster().isBlank(), "a rollout must have a cluster", event);
        Long updated = event.getUpdated();
        Long total = event.getTotal();
        require(updated == null || (total != null && updated >= 0 && updated <= total), "coverage is a share", event);
    }

    private static boolean areCounts(Collection<Long> counts) {
        return counts.stream().allMatch(count -> count >= 0);
    }

    /** Not AssertJ: the fuzzer comes by some hundred thousand times. */
    private static void require(boolean holds, String rule, Object seen) {
        if (!holds) {
            throw new AssertionError(rule + ", but there is " + seen);
        }
    }
}
