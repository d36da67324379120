package dev.andon.simulate;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The two formats in which a page is served. Pages of both can be joined end to end. */
enum Exposition {
    TEXT {
        @Override
        ExpositionFormatWriter writer() {
            return PrometheusTextFormatWriter.create();
        }
    },
    PROTOBUF {
        @Override
        ExpositionFormatWriter writer() {
            return new PrometheusProtobufWriter();
        }
    };

    abstract ExpositionFormatWriter writer();

    /** @param accept value of the header, empty when it is absent */
    static Exposition preferred(String accept) {
        return accept.contains("application/vnd.google.protobuf") && accept.contains("delimited") ? PROTOBUF : TEXT;
    }

    String contentType() {
        return writer().getContentType();
    }

    byte[] render(MetricSnapshots snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
        try {
            writer().write(out, snapshots);
        } catch (IOException e) {
            throw new UncheckedIOException("a page in memory can always be written", e);
        }
        return out.toByteArray();
    }
}
