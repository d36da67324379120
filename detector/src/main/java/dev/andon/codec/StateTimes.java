package dev.andon.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Times in state: whole milliseconds as one number, anything finer as {@code [seconds, nanoseconds]}. */
final class StateTimes {
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000 - 1;

    static final Writer<Instant> INSTANT_WRITER =
            new Writer<>(Instant.class, time -> new long[] {time.getEpochSecond(), time.getNano()});
    static final Reader<Instant> INSTANT_READER =
            new Reader<>(Instant.class, Instant::ofEpochMilli, pair -> Instant.ofEpochSecond(pair[0], pair[1]));
    static final Writer<Duration> DURATION_WRITER =
            new Writer<>(Duration.class, length -> new long[] {length.getSeconds(), length.getNano()});
    static final Reader<Duration> DURATION_READER =
            new Reader<>(Duration.class, Duration::ofMillis, pair -> Duration.ofSeconds(pair[0], pair[1]));

    private StateTimes() {}

    static final class Writer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<T, long[]> secondsAndNanos;

        Writer(Class<T> type, Function<T, long[]> secondsAndNanos) {
            super(type);
            this.secondsAndNanos = secondsAndNanos;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            long[] pair = secondsAndNanos.apply(value);
            if (pair[1] % NANOS_PER_MILLI == 0 && Math.abs(pair[0]) < MOST_SECONDS) {
                out.writeNumber(pair[0] * 1_000 + pair[1] / NANOS_PER_MILLI);
            } else {
                out.writeArray(pair, 0, 2);
            }
        }
    }

    static final class Reader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<Long, T> ofMillis;
        private final transient Function<long[], T> ofSecondsAndNanos;

        Reader(Class<T> type, Function<Long, T> ofMillis, Function<long[], T> ofSecondsAndNanos) {
            super(type);
            this.ofMillis = ofMillis;
            this.ofSecondsAndNanos = ofSecondsAndNanos;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) return ofMillis.apply(in.getLongValue());
            long[] pair = context.readValue(in, long[].class);
            if (pair.length != 2) throw new IOException("a time of " + pair.length + " parts");
            return ofSecondsAndNanos.apply(pair);
        }
    }
}
