package dev.andon.codec;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Delivery;
import dev.andon.domain.DnsSample;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RejectReason;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.SingleObjectSerde;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Domain values as the values of Kafka records, one codec per topic: Avro in single-object encoding, times in milliseconds.
 *
 * <p>A value whose times are whole milliseconds is equal after a round trip. Safe for use by several threads.
 *
 * @param <D> the domain type
 */
public final class AvroCodec<D> {
    public static final AvroCodec<RolloutEvent> ROLLOUTS =
            of(dev.andon.schema.RolloutEvent.class, AvroInputs::rollout, AvroInputs::rollout);
    public static final AvroCodec<LatencySample> APISERVER_LATENCY =
            of(ApiserverLatency.class, AvroInputs::latency, AvroInputs::latency);
    public static final AvroCodec<DnsSample> DNS_ERRORS = of(DnsErrors.class, AvroInputs::dns, AvroInputs::dns);
    public static final AvroCodec<Measurement> MEASUREMENTS =
            of(dev.andon.schema.Measurement.class, AvroInputs::measurement, AvroInputs::measurement);
    public static final AvroCodec<ClusterInfo> CLUSTERS =
            of(dev.andon.schema.ClusterInfo.class, AvroInputs::cluster, AvroInputs::cluster);
    public static final AvroCodec<ChangePoint> CHANGE_POINTS =
            of(dev.andon.schema.ChangePoint.class, AvroOutcomes::changePoint, AvroOutcomes::changePoint);
    public static final AvroCodec<OperatorOverride> OVERRIDES =
            of(dev.andon.schema.OperatorOverride.class, AvroOutcomes::override, AvroOutcomes::override);
    public static final AvroCodec<Delivery> DELIVERIES =
            of(dev.andon.schema.Delivery.class, AvroOutcomes::delivery, AvroOutcomes::delivery);
    public static final AvroCodec<Signal> SIGNALS =
            of(dev.andon.schema.Signal.class, AvroOutcomes::signal, AvroOutcomes::signal);

    private final Function<D, byte[]> encoder;
    private final Function<byte[], D> decoder;

    private AvroCodec(Function<D, byte[]> encoder, Function<byte[], D> decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    private static <A extends SpecificRecord, D> AvroCodec<D> of(
            Class<A> type, Function<D, A> toAvro, Function<A, D> toDomain) {
        SingleObjectSerde<A> serde = new SingleObjectSerde<>(type);
        return new AvroCodec<>(toAvro.andThen(serde::encode), toDomain.compose(serde::decode));
    }

    /** @return the bytes of one record's value */
    public byte[] encode(D value) {
        return encoder.apply(value);
    }

    /** @throws InvalidInput when the bytes are foreign or damaged, or the value breaks a rule of the contract */
    public D decode(byte[] bytes) {
        try {
            return decoder.apply(bytes);
        } catch (SerializationException e) {
            InvalidInput refused = new InvalidInput(RejectReason.UNREADABLE, String.valueOf(e.getMessage()));
            refused.initCause(e);
            throw refused;
        }
    }
}
