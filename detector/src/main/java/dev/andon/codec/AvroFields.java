package dev.andon.codec;

import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the fields of Avro records have in common: absent ones are null, enums have a symbol for "unknown". */
final class AvroFields {
    private AvroFields() {}

    /** @return the symbol of the same name in our own enum; the schema's UNKNOWN has none */
    static <E extends Enum<E>> E known(String field, Class<E> type, Enum<?> symbol) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(symbol.name())) return value;
        }
        throw new InvalidInput(
                RejectReason.OUT_OF_RANGE,
                field + " must be one of " + Arrays.toString(type.getEnumConstants()) + " but was " + symbol
                        + ", which is also how a value of a newer version is read: upgrade the reader");
    }

    /** Times of inputs drive everything, so one that no Kafka record can carry is refused. */
    static Instant time(Instant value) {
        if (value.isBefore(Instant.EPOCH)) {
            throw new InvalidInput(
                    RejectReason.OUT_OF_RANGE, "time must be 1970-01-01T00:00:00Z or later but was " + value);
        }
        return value;
    }

    static OptionalLong number(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalDouble number(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    static Map<String, Long> orEmpty(@Nullable Map<String, Long> value) {
        return value == null ? Map.of() : value;
    }

    static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }

    static @Nullable Map<String, Long> orNull(Map<String, Long> value) {
        return value.isEmpty() ? null : value;
    }

    static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
