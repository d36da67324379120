package dev.andon.connect.remotewrite;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/** Writes remote write requests, as Prometheus does: labels sorted by name. */
public final class WriteRequest {
    public static final Map<String, String> HEADERS_1 = Map.of(
            "Content-Type", "application/x-protobuf",
            "Content-Encoding", "snappy",
            "X-Prometheus-Remote-Write-Version", "0.1.0");
    public static final Map<String, String> HEADERS_2 = Map.of(
            "Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request",
            "Content-Encoding", "snappy",
            "X-Prometheus-Remote-Write-Version", "2.0.0");

    private final List<Series> series = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Series(Map<String, String> labels, double value, long millis, byte[] histogram) {}

    /** @param labels name, value, name, value… */
    public WriteRequest sample(long millis, double value, String... labels) {
        series.add(new Series(sorted(labels), value, millis, new byte[0]));
        return this;
    }

    public WriteRequest histogram(byte[] histogram, String... labels) {
        series.add(new Series(sorted(labels), 0, 0, histogram));
        return this;
    }

    /** A classic histogram of an API server, cumulative counts for 0.1, 1 and +Inf. */
    public WriteRequest latency(long millis, String instance, String verb, double sum, long... cumulative) {
        String[] bounds = {"0.1", "1", "+Inf"};
        String name = "apiserver_request_duration_seconds";
        String[] labels = {"cluster", "prod", "instance", instance, "verb", verb, "scope", "resource"};
        for (int i = 0; i < bounds.length; i++) {
            sample(millis, (double) cumulative[i], with(labels, "__name__", name + "_bucket", "le", bounds[i]));
        }
        sample(millis, sum, with(labels, "__name__", name + "_sum"));
        return sample(millis, (double) cumulative[2], with(labels, "__name__", name + "_count"));
    }

    public byte[] packed1() {
        return pack(version1());
    }

    public byte[] packed2() {
        return pack(version2());
    }

    public static byte[] pack(byte[] message) {
        try {
            return Snappy.compress(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] version1() {
        return message(out -> {
            for (Series one : series) {
                out.writeByteArray(1, message(inner -> {
                    for (Map.Entry<String, String> label : one.labels().entrySet()) {
                        inner.writeByteArray(1, message(pair -> {
                            pair.writeString(1, label.getKey());
                            pair.writeString(2, label.getValue());
                        }));
                    }
                    values(inner, one, 2, 4);
                }));
            }
        });
    }

    byte[] version2() {
        var symbols = new LinkedHashMap<String, Integer>();
        symbols.put("", 0);
        byte[] body = message(out -> {
            for (Series one : series) {
                out.writeByteArray(5, message(inner -> {
                    inner.writeByteArray(1, message(refs -> {
                        for (Map.Entry<String, String> label : one.labels().entrySet()) {
                            refs.writeUInt32NoTag(symbol(symbols, label.getKey()));
                            refs.writeUInt32NoTag(symbol(symbols, label.getValue()));
                        }
                    }));
                    values(inner, one, 2, 3);
                }));
            }
        });
        return message(out -> {
            for (String symbol : symbols.keySet()) {
                out.writeString(4, symbol);
            }
            out.writeRawBytes(body);
        });
    }

    private static void values(CodedOutputStream out, Series one, int sampleField, int histogramField)
            throws IOException {
        if (one.histogram().length > 0) {
            out.writeByteArray(histogramField, one.histogram());
            return;
        }
        out.writeByteArray(sampleField, message(sample -> {
            sample.writeDouble(1, one.value());
            sample.writeInt64(2, one.millis());
        }));
    }

    private static int symbol(Map<String, Integer> symbols, String text) {
        return symbols.computeIfAbsent(text, added -> symbols.size());
    }

    private static String[] with(String[] labels, String... more) {
        var all = new ArrayList<>(List.of(labels));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Map<String, String> sorted(String... labels) {
        var sorted = new TreeMap<String, String>();
        for (int i = 0; i < labels.length; i += 2) {
            sorted.put(labels[i], labels[i + 1]);
        }
        return sorted;
    }

    interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    static byte[] message(Writing writing) {
        try {
            var bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
