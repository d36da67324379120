package dev.andon.schema;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads one kind of record in Avro's single-object encoding: the two bytes {@code C3 01}, the writer schema's
 * 64-bit fingerprint (little endian), the body. Any schema that {@link SchemaCatalog} knows can be read.
 *
 * <p>Safe for use by several threads: it holds nothing that changes; what is reused between calls is kept per thread.
 *
 * @param <T> the generated class of a record that {@link SchemaCatalog#records()} lists
 */
@NullMarked
public final class SingleObjectSerde<T extends SpecificRecord> implements Serde<T> {
    private static final int HEADER_BYTES = 10;

    /** Decoders are reused per thread: making one costs more than reading a small record. */
    private static final ThreadLocal<@Nullable BinaryDecoder> DECODER = new ThreadLocal<>();

    private final String record;
    private final BinaryMessageEncoder<T> encoder;
    private final Map<Long, Version<T>> versions = new HashMap<>();

    private record Version<T>(Schema writer, DatumReader<T> reader) {}

    /**
     * A serde for one kind of record.
     *
     * @param type the generated class, such as {@code Signal.class}
     */
    public SingleObjectSerde(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        Schema current = model.getSchema(type);
        record = current.getName();
        encoder = new BinaryMessageEncoder<>(model, current);
        addVersion(model, current, current);
        for (Schema writer : SchemaCatalog.standard().history(record)) {
            addVersion(model, writer, current);
        }
    }

    @SuppressWarnings("unchecked") // a reader of a generated record's own model yields that record
    private void addVersion(SpecificData model, Schema writer, Schema current) {
        versions.putIfAbsent(SchemaCatalog.fingerprint(writer), new Version<>(writer, (DatumReader<T>)
                model.createDatumReader(writer, current)));
    }

    /**
     * Header and body of one record.
     *
     * @throws SerializationException if a required field of the record is not set
     */
    public byte[] encode(T value) {
        try {
            ByteBuffer encoded = encoder.encode(value);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
            throw new SerializationException(
                    record + " cannot be written: " + e.getMessage() + "; set every required field of its schema", e);
        }
    }

    /**
     * The record in the bytes, whichever released version wrote them.
     *
     * @throws SerializationException saying what is wrong with the bytes and what to do about it
     */
    public T decode(byte[] bytes) {
        Version<T> version = versionOf(bytes);
        try {
            // Lengths inside the body are untrusted: walking over it first allocates nothing and finds a wrong one
            // before the reader would reserve memory for it.
            BinaryDecoder decoder = decoder(bytes);
            GenericDatumReader.skip(version.writer(), decoder);
            if (!decoder.isEnd()) {
                throw new SerializationException(record + " is followed by bytes that do not belong to it, "
                        + bytes.length + " bytes in all: the writer is broken or the value was altered on its way");
            }
            return version.reader().read(null, decoder(bytes));
        } catch (EOFException e) {
            throw new SerializationException(
                    record + " ends too early, after " + bytes.length + " bytes: the value was truncated on its way",
                    e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SerializationException told) {
                throw told;
            }
            throw new SerializationException(
                    record + " has a known schema but a broken body of " + bytes.length + " bytes: " + e.getMessage(),
                    e);
        }
    }

    private Version<T> versionOf(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
            throw new SerializationException(
                    record + " expected, but these " + bytes.length + " bytes begin with " + firstBytes(bytes)
                            + " instead of C3 01: they are not in Avro's single-object encoding."
                            + " Write them with Andon's own serde or the Avro message encoder");
        }
        if (bytes.length < HEADER_BYTES) {
            throw new SerializationException(record + " ends inside its header, after " + bytes.length + " of "
                    + HEADER_BYTES + " bytes: the value was truncated on its way");
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        Version<T> version = versions.get(fingerprint);
        if (version == null) {
            throw new SerializationException(unknown(fingerprint));
        }
        return version;
    }

    private String unknown(long fingerprint) {
        Schema other = SchemaCatalog.standard().store().findByFingerprint(fingerprint);
        String seen = String.format("%016x", fingerprint);
        if (other != null) {
            return record + " expected, but the value is a " + other.getName() + " (schema " + seen
                    + "): check which topic is read, or who writes to it";
        }
        return record + " was written with schema " + seen
                + ", which this version does not know: upgrade this program to at least the version of the writer";
    }

    private static String firstBytes(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(2, bytes.length); i++) {
            text.append(i == 0 ? "" : " ").append(String.format("%02X", bytes[i]));
        }
        return bytes.length == 0 ? "nothing" : text.toString();
    }

    private static BinaryDecoder decoder(byte[] bytes) {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, DECODER.get());
        DECODER.set(decoder);
        return decoder;
    }

    /** A null record (tombstone) is written as null. */
    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : encode(value);
    }

    /** A null value (tombstone) is read as null. */
    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }
}
