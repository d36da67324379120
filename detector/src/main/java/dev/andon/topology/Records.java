package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.RolloutEvent;

/** Inputs as the records that carry them: the opposite of what the topology reads. */
public final class Records {
    private Records() {}

    /** One record, but for its timestamp, which is the input's time. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a producer; never compared
    public record Encoded(Topic topic, byte[] key, byte[] value) {}

    public static Encoded encode(Input input) {
        if (input instanceof RolloutEvent event) return of(Topic.ROLLOUTS, input, AvroCodec.ROLLOUTS.encode(event));
        if (input instanceof LatencySample sample) {
            return of(Topic.APISERVER_LATENCY, input, AvroCodec.APISERVER_LATENCY.encode(sample));
        }
        if (input instanceof DnsSample sample) return of(Topic.DNS_ERRORS, input, AvroCodec.DNS_ERRORS.encode(sample));
        if (input instanceof Measurement number) {
            return of(Topic.MEASUREMENTS, input, AvroCodec.MEASUREMENTS.encode(number));
        }
        return of(Topic.CLUSTERS, input, AvroCodec.CLUSTERS.encode((ClusterInfo) input));
    }

    private static Encoded of(Topic topic, Input input, byte[] value) {
        return new Encoded(topic, input.cluster().getBytes(UTF_8), value);
    }
}
