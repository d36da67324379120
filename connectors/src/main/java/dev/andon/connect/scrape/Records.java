package dev.andon.connect.scrape;

import dev.andon.connect.exposition.Malformed;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.DnsErrors;
import dev.andon.schema.SingleObjectSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;

/** Builds what the task hands to Connect: samples and dead letters, keyed by cluster. */
final class Records {
    /** Why something was refused: a closed set, in lower case. */
    static final String REASON_HEADER = "andon.reason";

    /** Who refused what: connector, cluster, instance and URL. */
    static final String SOURCE_HEADER = "andon.source";

    /** What was seen, for a person. */
    static final String DETAIL_HEADER = "andon.detail";

    /** How the page was sent; the bytes make no sense without it. */
    static final String CONTENT_TYPE_HEADER = "andon.content-type";

    static final String CONTENT_ENCODING_HEADER = "andon.content-encoding";

    /** A dead letter must fit in a Kafka message, whose default limit is 1 MiB. */
    static final int MAX_LETTER_BYTES = 256 * 1024;

    private final ScrapeSettings.Topics topics;
    private final SingleObjectSerde<ApiserverLatency> latencies = new SingleObjectSerde<>(ApiserverLatency.class);
    private final SingleObjectSerde<DnsErrors> dnsErrors = new SingleObjectSerde<>(DnsErrors.class);

    Records(ScrapeSettings.Topics topics) {
        this.topics = topics;
    }

    SourceRecord sample(Target target, Instant time, SpecificRecord sample) {
        if (sample instanceof ApiserverLatency latency) {
            return record(target, time, topics.apiserverLatency(), latencies.encode(latency), new ConnectHeaders());
        }
        if (sample instanceof DnsErrors answers) {
            return record(target, time, topics.dnsErrors(), dnsErrors.encode(answers), new ConnectHeaders());
        }
        throw new IllegalStateException(
                "no topic is known for " + sample.getSchema().getFullName());
    }

    /** A page that was refused as a whole. */
    SourceRecord refusedPage(Target target, Instant time, Fetched.Body page, Enum<?> reason, String detail) {
        ConnectHeaders headers = headers(target, reason, detail);
        headers.addString(CONTENT_TYPE_HEADER, page.contentType());
        headers.addString(CONTENT_ENCODING_HEADER, page.contentEncoding());
        byte[] letter =
                page.body().length <= MAX_LETTER_BYTES ? page.body() : Arrays.copyOf(page.body(), MAX_LETTER_BYTES);
        return record(target, time, topics.deadLetters(), letter, headers);
    }

    /** An example of the lines that were refused of a page that could otherwise be read. */
    SourceRecord refusedLines(Target target, Instant time, Malformed lines) {
        String detail = lines.count() + " refused, the first at position " + lines.position();
        return record(
                target,
                time,
                topics.deadLetters(),
                lines.excerpt().getBytes(StandardCharsets.UTF_8),
                headers(target, lines.defect(), detail));
    }

    private static ConnectHeaders headers(Target target, Enum<?> reason, String detail) {
        var headers = new ConnectHeaders();
        headers.addString(REASON_HEADER, ScrapeMetrics.label(reason));
        headers.addString(SOURCE_HEADER, "prometheus-scrape " + target.id() + " " + target.url());
        headers.addString(DETAIL_HEADER, detail);
        return headers;
    }

    private static SourceRecord record(
            Target target, Instant time, String topic, byte[] value, ConnectHeaders headers) {
        return new SourceRecord(
                Map.of("target", target.id()),
                Map.of("time", time.toEpochMilli()),
                topic,
                null,
                Schema.BYTES_SCHEMA,
                target.cluster().getBytes(StandardCharsets.UTF_8),
                Schema.BYTES_SCHEMA,
                value,
                time.toEpochMilli(),
                headers);
    }
}
