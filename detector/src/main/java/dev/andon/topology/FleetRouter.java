package dev.andon.topology;

import dev.andon.codec.AvroCodec;
import dev.andon.decide.DeliveryInput;
import dev.andon.decide.FleetInput;
import dev.andon.decide.OverrideInput;
import dev.andon.domain.Delivery;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.OperatorOverride;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Hands what names a rollout, and no fleet, to every fleet: any of them may have it. */
final class FleetRouter implements Processor<byte[], byte[], byte[], byte[]> {
    /** A fleet that is not known yet may turn up in any partition. */
    static final StreamPartitioner<byte[], byte[]> TO_ALL_PARTITIONS = new StreamPartitioner<>() {
        @Override
        public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int count) {
            return Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
        }
    };

    private final Route<?> route;
    private final Clock clock;
    private final Observer observer;
    private final Horizon horizon;
    private @Nullable Outlet outlet;

    /**
     * What is routed, and over which nodes.
     *
     * @param key of a value: the rollout's name
     */
    record Route<T>(
            Topic from,
            AvroCodec<T> codec,
            Function<T, FleetInput> input,
            Function<T, String> key,
            String sink,
            String deadLetters) {
        /** @throws InvalidInput when the bytes are not a value of this topic */
        Routed read(byte[] value) {
            T read = codec.decode(value);
            return new Routed(input.apply(read), key.apply(read));
        }
    }

    private record Routed(FleetInput input, String key) {}

    static final Route<OperatorOverride> OVERRIDES = new Route<>(
            Topic.OVERRIDES,
            AvroCodec.OVERRIDES,
            OverrideInput::new,
            OperatorOverride::rolloutId,
            Nodes.FLEET_OVERRIDES,
            Nodes.DEAD_OVERRIDES);

    static final Route<Delivery> DELIVERIES = new Route<>(
            Topic.DELIVERIES,
            AvroCodec.DELIVERIES,
            DeliveryInput::new,
            delivery -> delivery.rolloutId().orElse(""),
            Nodes.FLEET_DELIVERIES,
            Nodes.DEAD_DELIVERIES);

    FleetRouter(Route<?> route, TopologySettings settings, Clock clock, Observer observer) {
        this.route = route;
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
            Routed routed = route.read(InputReader.present(record.value()));
            horizon.check(routed.input().time());
            out.fleetInput(route.sink(), routed.key(), routed.input());
            observer.accepted(route.from());
        } catch (InvalidInput refusal) {
            out.deadLetter(route.deadLetters(), record, route.from(), refusal);
        }
    }
}
