package dev.andon.connect.exposition;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to hand out more than so many bytes, so that a small compressed page cannot unfold into a huge one. */
final class BoundedInputStream extends FilterInputStream {
    private final long maxBytes;
    private long seen;

    BoundedInputStream(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int bytes) throws UnreadablePageException {
        seen += bytes;
        if (seen > maxBytes) {
            throw new UnreadablePageException(Defect.TOO_LARGE, "page is larger than " + maxBytes + " bytes");
        }
    }
}
