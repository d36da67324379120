package dev.andon.connect.exposition;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads length-delimited {@code io.prometheus.client.MetricFamily} messages (metrics.proto of prometheus/client_model).
 *
 * <p>A family is read into one reused buffer, its name is looked up there, and it is decoded only when it is wanted.
 * Works on field numbers rather than on generated classes: the published ones sit in a package that is renamed with
 * every protobuf release, and would build an object for every bucket.
 */
final class ProtobufParser {
    private static final int FAMILY_NAME = 1 << 3 | 2;

    private final MessageFrames frames;
    private final Wanted wanted;
    private final PageBuilder page = new PageBuilder();
    private final MetricDecoder metrics = new MetricDecoder(page);
    private long families;

    private ProtobufParser(Wanted wanted, InputStream in) {
        this.wanted = wanted;
        this.frames = new MessageFrames(in);
    }

    static Page parse(Wanted wanted, InputStream in) throws IOException {
        return new ProtobufParser(wanted, in).parse();
    }

    private Page parse() throws IOException {
        try {
            while (frames.advance()) {
                families++;
                readFamily();
            }
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadablePageException(
                    Defect.BAD_PROTOBUF, "metric family " + (families + 1) + " is not valid protobuf", e);
        }
        if (families == 0) {
            throw new UnreadablePageException(Defect.NO_METRICS, "page holds no metric family");
        }
        return page.build(families);
    }

    private void readFamily() throws IOException {
        String name = familyName();
        if (name.isEmpty()) {
            page.defect(Defect.BAD_NAME, families, () -> "a metric family without a name");
        } else if (wanted.contains(name)) {
            metrics.decodeFamily(name, wanted.isHistogram(name), frames.buffer(), frames.length(), families);
        }
    }

    /** Passes over everything but the name, which every known writer puts first but nothing says it must. */
    private String familyName() throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(frames.buffer(), 0, frames.length());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == FAMILY_NAME) {
                int length = in.readRawVarint32();
                int from = in.getTotalBytesRead();
                in.skipRawBytes(length);
                return new String(frames.buffer(), from, length, StandardCharsets.UTF_8);
            }
            in.skipField(tag);
        }
        return "";
    }
}
