package dev.andon.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Many small numbers in state: one string of bytes, seven bits of a number in each, the lowest first (LEB128). A number that
 * comes again and again is followed by a zero of two bytes, which is nobody's shortest form, and how often it comes again.
 */
final class StateInts {
    private static final int MORE = 0x80;
    private static final int LARGEST_SHIFT = 28;
    /** Repetitions that take no more room than the numbers themselves. */
    private static final int FEW = 3;
    /** More repetitions than this are damage. */
    private static final int MOST = 1 << 16;

    private StateInts() {}

    static final class Writer extends StdSerializer<int[]> {
        private static final long serialVersionUID = 1;

        Writer() {
            super(int[].class);
        }

        @Override
        public void serialize(int[] numbers, JsonGenerator out, SerializerProvider provider) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * numbers.length);
            for (int i = 0; i < numbers.length; ) {
                int same = 1;
                while (i + same < numbers.length && same <= MOST && numbers[i + same] == numbers[i]) same++;
                write(numbers[i], bytes);
                if (same - 1 > FEW) {
                    bytes.write(MORE);
                    bytes.write(0);
                    write(same - 1, bytes);
                    i += same;
                } else {
                    i++;
                }
            }
            out.writeBinary(bytes.toByteArray());
        }

        private static void write(int number, ByteArrayOutputStream bytes) {
            int rest = number;
            for (; rest < 0 || rest >= MORE; rest >>>= 7) bytes.write(rest | MORE);
            bytes.write(rest);
        }
    }

    static final class Reader extends StdDeserializer<int[]> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(int[].class);
        }

        @Override
        public int[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(in.getBinaryValue());
            IntStream.Builder numbers = IntStream.builder();
            int last = 0;
            while (bytes.hasRemaining()) {
                int from = bytes.position();
                int number = read(bytes);
                boolean again = number == 0 && bytes.position() == from + 2;
                int times = again ? read(bytes) : 1;
                if (times < 1 || times > MOST) throw new IOException("a number that comes " + times + " times");
                if (!again) last = number;
                for (int i = 0; i < times; i++) numbers.add(last);
            }
            return numbers.build().toArray();
        }

        private static int read(ByteBuffer bytes) throws IOException {
            int number = 0;
            for (int shift = 0; bytes.hasRemaining(); shift += 7) {
                if (shift > LARGEST_SHIFT) throw new IOException("a number of more than 32 bits");
                byte next = bytes.get();
                number |= (next & ~MORE & 0xFF) << shift;
                if (next >= 0) return number;
            }
            throw new IOException("a number without an end");
        }
    }
}
