package dev.andon.connect.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Hands out the lines of a stream as slices of one reused buffer. LF and CRLF both end a line. */
final class ByteLines {
    private final InputStream in;
    private final int maxLineBytes;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;
    private int next;
    private int start;
    private int end;
    private boolean tooLong;
    private boolean terminated = true;
    private long number;

    ByteLines(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** @return whether there is another line; then {@link #buffer}, {@link #start} and {@link #end} describe it */
    boolean advance() throws IOException {
        start = next;
        int scanned = next;
        tooLong = false;
        while (true) {
            for (int i = scanned; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return line(i, i + 1, true);
                }
            }
            if (filled - start > maxLineBytes) {
                tooLong = true;
                filled = start + maxLineBytes;
            }
            scanned = filled - start;
            if (!refill()) {
                return filled > start && line(filled, filled, false);
            }
        }
    }

    private boolean line(int lineEnd, int nextStart, boolean hasTerminator) {
        end = lineEnd > start && hasTerminator && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = nextStart;
        terminated = hasTerminator;
        number++;
        return true;
    }

    /** Moves the unfinished line to the front, makes room and reads on. */
    private boolean refill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(read, 0);
        return read >= 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** @return whether the current line was longer than allowed; then only its beginning is there */
    boolean tooLong() {
        return tooLong;
    }

    /** @return false for a last line that no line feed ends, which may have been cut in the middle of a number */
    boolean terminated() {
        return terminated;
    }

    /** @return number of the current line, from 1 */
    long number() {
        return number;
    }
}
