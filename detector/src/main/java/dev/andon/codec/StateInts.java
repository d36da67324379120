package dev.andon.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Many small numbers in state: one string of bytes, seven bits of a number in each, the lowest first (LEB128). */
final class StateInts {
    private static final int MORE = 0x80;
    private static final int LARGEST_SHIFT = 28;

    private StateInts() {}

    static final class Writer extends StdSerializer<int[]> {
        private static final long serialVersionUID = 1;

        Writer() {
            super(int[].class);
        }

        @Override
        public void serialize(int[] numbers, JsonGenerator out, SerializerProvider provider) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * numbers.length);
            for (int number : numbers) {
                int rest = number;
                for (; rest < 0 || rest >= MORE; rest >>>= 7) bytes.write(rest | MORE);
                bytes.write(rest);
            }
            out.writeBinary(bytes.toByteArray());
        }
    }

    static final class Reader extends StdDeserializer<int[]> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(int[].class);
        }

        @Override
        public int[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            byte[] bytes = in.getBinaryValue();
            int[] numbers = new int[bytes.length];
            int count = 0;
            int shift = 0;
            for (byte next : bytes) {
                if (shift > LARGEST_SHIFT) throw new IOException("a number of more than 32 bits");
                numbers[count] |= (next & ~MORE & 0xFF) << shift;
                shift = next < 0 ? shift + 7 : 0;
                if (next >= 0) count++;
            }
            if (shift > 0) throw new IOException("a number without an end");
            return Arrays.copyOf(numbers, count);
        }
    }
}
