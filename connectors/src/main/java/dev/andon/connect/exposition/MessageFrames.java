package dev.andon.connect.exposition;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream of length-delimited messages. Each is read into one reused buffer, which grows as bytes arrive. */
final class MessageFrames {
    private final InputStream in;
    private byte[] buffer = new byte[64 * 1024];
    private int length;

    MessageFrames(InputStream in) {
        this.in = in;
    }

    /** @return whether there is another message; then it is the first {@link #length} bytes of {@link #buffer} */
    boolean advance() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        int announced = CodedInputStream.readRawVarint32(first, in);
        if (announced < 0) {
            throw new UnreadablePageException(
                    Defect.BAD_PROTOBUF, "a message announces a length of " + announced + " bytes");
        }
        length = 0;
        while (length < announced) {
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            int read = in.read(buffer, length, Math.min(announced, buffer.length) - length);
            if (read < 0) {
                throw new UnreadablePageException(
                        Defect.TRUNCATED,
                        "page ends after " + length + " of " + announced + " bytes of a metric family");
            }
            length += read;
        }
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }
}
