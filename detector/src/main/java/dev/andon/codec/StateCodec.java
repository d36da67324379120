package dev.andon.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.andon.decide.ClusterReport;
import dev.andon.decide.ClusterState;
import dev.andon.decide.FleetInput;
import dev.andon.decide.Standing;
import dev.andon.detect.SeriesState;
import dev.andon.domain.OperatorOverride;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * State as versioned bytes: one byte with the version, then the record as a CBOR array of its components (RFC 8949). A
 * sealed interface is an array of the simple name of the record and the record.
 *
 * <p>Numbers and times are exact. A record may get new components at its end, and its names may change: older bytes stay
 * readable if the new components are Optional, which are then empty. Any other component that is missing is an error, for
 * no default could be right. Any other change needs a new version and a new name of the store. An older program ignores
 * components that it does not know. Safe for use by several threads.
 *
 * @param <T> a record, or a sealed interface of records
 */
public final class StateCodec<T> {
    /** The first byte of everything that is written. */
    static final byte VERSION = 1;

    private static final int USUAL_BYTES = 512;

    public static final StateCodec<SeriesState> SERIES = new StateCodec<>(SeriesState.class);
    public static final StateCodec<ClusterState> CLUSTERS = new StateCodec<>(ClusterState.class);
    public static final StateCodec<ClusterReport> REPORTS = new StateCodec<>(ClusterReport.class);
    public static final StateCodec<Standing> STANDINGS = new StateCodec<>(Standing.class);
    public static final StateCodec<OperatorOverride> OVERRIDES = new StateCodec<>(OperatorOverride.class);
    /** What travels from the stage by cluster to the stage by fleet. */
    public static final StateCodec<FleetInput> FLEET_INPUTS = new StateCodec<>(FleetInput.class);

    private final Class<T> type;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Map<String, ObjectReader> alternatives = new TreeMap<>();

    StateCodec(Class<T> type) {
        ObjectMapper mapper = StateFormat.mapper();
        this.type = type;
        this.writer = mapper.writer();
        this.reader = mapper.readerFor(type);
        if (type.isSealed()) {
            for (Class<?> alternative : type.getPermittedSubclasses()) {
                alternatives.put(alternative.getSimpleName(), mapper.readerFor(alternative));
            }
        }
    }

    /** @return the version and the value */
    public byte[] encode(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        bytes.write(VERSION);
        try (JsonGenerator generator = writer.createGenerator(bytes)) {
            if (!type.isSealed()) {
                writer.writeValue(generator, value);
            } else {
                generator.writeStartArray(value, 2);
                generator.writeString(value.getClass().getSimpleName());
                writer.writeValue(generator, value);
                generator.writeEndArray();
            }
        } catch (IOException e) {
            throw new UnreadableStateException(type.getSimpleName() + " cannot be written: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** @throws UnreadableStateException when another version wrote the bytes, or they are damaged */
    public T decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            String seen = bytes.length == 0 ? "no version" : "version " + (bytes[0] & 0xFF);
            throw new UnreadableStateException(
                    type.getSimpleName() + " has " + seen + " but this program reads version " + VERSION
                            + ": run the program that wrote it, or start anew with another application id");
        }
        try (JsonParser parser = reader.createParser(bytes, 1, bytes.length - 1)) {
            T value = type.isSealed() ? alternative(parser) : reader.readValue(parser);
            if (parser.nextToken() != null) throw damaged(bytes, "more bytes follow", null);
            return value;
        } catch (JsonProcessingException e) {
            throw damaged(bytes, e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw damaged(bytes, String.valueOf(e.getMessage()), e);
        }
    }

    private T alternative(JsonParser parser) throws IOException {
        parser.nextToken();
        String name = String.valueOf(parser.nextTextValue());
        ObjectReader chosen = alternatives.get(name);
        if (chosen == null) throw new IOException("no " + type.getSimpleName() + " is called " + name);
        parser.nextToken();
        T value = chosen.readValue(parser);
        if (parser.nextToken() != JsonToken.END_ARRAY) throw new IOException("more than a name and a value");
        return value;
    }

    private UnreadableStateException damaged(byte[] bytes, String how, @Nullable Exception e) {
        String message =
                type.getSimpleName() + " of " + bytes.length + " bytes is damaged or lacks a component: " + how;
        return new UnreadableStateException(message, e);
    }

    /** @return a serde for stores and topics; null stays null */
    public Serde<T> serde() {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : encode(value),
                (topic, bytes) -> bytes == null ? null : decode(bytes));
    }
}
