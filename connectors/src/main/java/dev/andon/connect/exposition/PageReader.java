package dev.andon.connect.exposition;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a metrics page. Safe for use by several threads.
 *
 * <p>Cost on a page of 3 MB: see docs/benchmarks.md. Memory is bounded by the metrics asked for, not by the page.
 */
public final class PageReader {
    private static final int GZIP_BUFFER_BYTES = 16 * 1024;

    private final Wanted wanted;
    private final long maxBytes;

    /**
     * @param wanted what to keep
     * @param maxBytes largest page that is read, unpacked; {@code > 0}
     */
    public PageReader(Wanted wanted, long maxBytes) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes must be > 0 but was " + maxBytes);
        }
        this.wanted = wanted;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads the body of an HTTP answer.
     *
     * @param contentType value of that header, empty when it is missing; text is then assumed
     * @param contentEncoding value of that header, empty when it is missing
     * @throws UnreadablePageException when nothing of the page may be used
     */
    public Page read(byte[] body, String contentType, String contentEncoding) throws UnreadablePageException {
        Format format = contentType.isBlank()
                ? Format.TEXT
                : Format.ofContentType(contentType)
                        .orElseThrow(() -> new UnreadablePageException(
                                Defect.UNKNOWN_FORMAT,
                                "content type is '" + contentType
                                        + "'; expected the Prometheus protobuf or text format"));
        return switch (contentEncoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> read(new ByteArrayInputStream(body), format);
            case "gzip", "x-gzip" -> readGzip(body, format);
            default ->
                throw new UnreadablePageException(
                        Defect.UNKNOWN_FORMAT, "content encoding is '" + contentEncoding + "'; expected gzip or none");
        };
    }

    /**
     * Reads a page that is not compressed. Does not close the stream.
     *
     * @throws UnreadablePageException when nothing of the page may be used
     */
    public Page read(InputStream page, Format format) throws UnreadablePageException {
        InputStream bounded = new BoundedInputStream(page, maxBytes);
        try {
            return switch (format) {
                case PROTOBUF -> ProtobufParser.parse(wanted, bounded);
                case TEXT -> TextParser.parse(wanted, bounded);
            };
        } catch (UnreadablePageException e) {
            throw e;
        } catch (ZipException e) {
            throw new UnreadablePageException(Defect.BAD_GZIP, "page is not valid gzip: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new UnreadablePageException(Defect.TRUNCATED, "page ends too early", e);
        } catch (IOException e) {
            throw new UnreadablePageException(Defect.TRUNCATED, "page could not be read to its end: " + e, e);
        }
    }

    private Page readGzip(byte[] body, Format format) throws UnreadablePageException {
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body), GZIP_BUFFER_BYTES)) {
            return read(unpacked, format);
        } catch (UnreadablePageException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadablePageException(Defect.BAD_GZIP, "page is not valid gzip: " + e.getMessage(), e);
        }
    }
}
