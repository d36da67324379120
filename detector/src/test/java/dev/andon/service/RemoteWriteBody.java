package dev.andon.service;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/** A remote write 1.0 request of one sample, as Prometheus sends it. */
final class RemoteWriteBody {
    private RemoteWriteBody() {}

    static byte[] of(Map<String, String> labels, double value, long timeMillis) throws IOException {
        return Snappy.compress(message(request -> request.writeByteArray(1, message(series -> {
            for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
                series.writeByteArray(1, message(pair -> {
                    pair.writeString(1, label.getKey());
                    pair.writeString(2, label.getValue());
                }));
            }
            series.writeByteArray(2, message(sample -> {
                sample.writeDouble(1, value);
                sample.writeInt64(2, timeMillis);
            }));
        }))));
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        writing.to(out);
        out.flush();
        return bytes.toByteArray();
    }
}
