package dev.andon.connect.exposition;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Writes pages with the official Java client, which shares no code with the parsers under test. */
public enum MetricsPages {
    PROTOBUF,
    TEXT,
    OPEN_METRICS;

    public String contentType() {
        return writer().getContentType();
    }

    public byte[] write(MetricSnapshots snapshots) {
        var page = new ByteArrayOutputStream();
        try {
            writer().write(page, snapshots, EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toByteArray();
    }

    public static byte[] gzip(byte[] page) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private ExpositionFormatWriter writer() {
        return switch (this) {
            case PROTOBUF -> new PrometheusProtobufWriter();
            case TEXT -> PrometheusTextFormatWriter.create();
            case OPEN_METRICS -> OpenMetricsTextFormatWriter.create();
        };
    }
}
