package dev.andon.connect.common;

import dev.andon.schema.Delivery;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SchemaCatalog;
import dev.andon.schema.Signal;
import dev.andon.schema.SingleObjectSerde;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Reads what a sink is given: signals, and where it follows those topics too, rollout events and deliveries. */
final class Inputs {
    private static final int FINGERPRINT_AT = 2;
    private static final int HEADER_BYTES = 10;

    private final Function<byte[], Object> signals = new SingleObjectSerde<>(Signal.class)::decode;
    private final Map<Long, Function<byte[], Object>> others = new HashMap<>();

    Inputs() {
        add(RolloutEvent.class);
        add(Delivery.class);
    }

    private <T extends SpecificRecord> void add(Class<T> type) {
        SingleObjectSerde<T> serde = new SingleObjectSerde<>(type);
        Schema current = SpecificData.getForClass(type).getSchema(type);
        others.put(SchemaCatalog.fingerprint(current), serde::decode);
        for (Schema writer : SchemaCatalog.standard().history(current.getName())) {
            others.put(SchemaCatalog.fingerprint(writer), serde::decode);
        }
    }

    /**
     * A Signal, RolloutEvent or Delivery; null for a tombstone.
     *
     * @throws DataException when the value is not bytes
     * @throws org.apache.kafka.common.errors.SerializationException when the bytes are none of these records
     */
    @Nullable
    Object read(SinkRecord record) {
        Object value = record.value();
        if (value == null) {
            return null;
        }
        if (!(value instanceof byte[] bytes)) {
            throw new DataException("its value is a " + value.getClass().getSimpleName() + " instead of bytes; set"
                    + " value.converter to org.apache.kafka.connect.converters.ByteArrayConverter");
        }
        if (bytes.length < HEADER_BYTES) {
            return signals.apply(bytes);
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(FINGERPRINT_AT);
        return others.getOrDefault(fingerprint, signals).apply(bytes);
    }
}
