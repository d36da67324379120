package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns records of the input topics into inputs, and refuses what is foreign, wrong, misplaced or from the future. */
record InputReader(Horizon horizon) {
    /** The input topics and what is in them; one sub-topology reads them all. */
    static final Map<Topic, AvroCodec<? extends Input>> CODECS = Map.of(
            Topic.ROLLOUTS, AvroCodec.ROLLOUTS,
            Topic.APISERVER_LATENCY, AvroCodec.APISERVER_LATENCY,
            Topic.DNS_ERRORS, AvroCodec.DNS_ERRORS,
            Topic.MEASUREMENTS, AvroCodec.MEASUREMENTS,
            Topic.CLUSTERS, AvroCodec.CLUSTERS);

    /** @throws InvalidInput with the reason */
    Input read(AvroCodec<? extends Input> codec, byte @Nullable [] key, byte @Nullable [] value) {
        Input input = codec.decode(present(value));
        // With another key the cluster's records would be spread over several tasks, and none would see them all.
        String keyText = key == null ? "absent" : "'" + new String(key, UTF_8) + "'";
        if (!keyText.equals("'" + input.cluster() + "'")) {
            throw new InvalidInput(
                    RejectReason.INCONSISTENT,
                    "the record's key must be its cluster '" + input.cluster() + "' but was " + keyText);
        }
        horizon.check(input.time());
        return input;
    }

    static byte[] present(byte @Nullable [] value) {
        if (value == null) throw new InvalidInput(RejectReason.MISSING_FIELD, "the record has no value");
        return value;
    }
}
