package dev.andon.topology;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.OperatorOverride;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Hands an operator's word to every fleet: an override names a rollout, and any fleet may have it. */
final class OverrideRouter implements Processor<byte[], byte[], byte[], byte[]> {
    /** A fleet that is not known yet may turn up in any partition. */
    static final StreamPartitioner<byte[], byte[]> TO_ALL_PARTITIONS = new StreamPartitioner<>() {
        @Override
        public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int count) {
            return Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
        }
    };

    private final Clock clock;
    private final Observer observer;
    private final Horizon horizon;
    private @Nullable Outlet outlet;

    OverrideRouter(TopologySettings settings, Clock clock, Observer observer) {
        this.clock = clock;
        this.observer = observer;
        this.horizon = new Horizon(clock, settings.futureTolerance());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        outlet = new Outlet(context, clock, observer);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Outlet out = Objects.requireNonNull(outlet, "init comes first");
        try {
            OperatorOverride override = AvroCodec.OVERRIDES.decode(InputReader.present(record.value()));
            horizon.check(override.time());
            out.override(override);
            observer.accepted(Topic.OVERRIDES);
        } catch (InvalidInput refusal) {
            out.deadLetter(Nodes.DEAD_OVERRIDES, record, Topic.OVERRIDES, refusal);
        }
    }
}
