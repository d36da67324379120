package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BoundedTimestampExtractorTest {
    private static final long NOW = Instant.parse("2026-01-14T22:00:00Z").toEpochMilli();
    private static final long BEFORE = NOW - 5_000;

    private final BoundedTimestampExtractor extractor = new BoundedTimestampExtractor(
            new Horizon(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), Duration.ofMinutes(2)));

    @Test
    void takesARecordsOwnTimestampUpToTheTolerance() {
        assertThat(extractor.extract(record(NOW - 1_000_000), BEFORE)).isEqualTo(NOW - 1_000_000);
        assertThat(extractor.extract(record(NOW + 120_000), BEFORE)).isEqualTo(NOW + 120_000);
    }

    @Test
    void putsARecordFromTheFutureBesideItsPredecessor() {
        assertThat(extractor.extract(record(NOW + 120_001), BEFORE)).isEqualTo(BEFORE);
        assertThat(extractor.extract(record(Long.MAX_VALUE), BEFORE)).isEqualTo(BEFORE);
    }

    @Test
    void neverDropsARecord() {
        assertThat(extractor.extract(record(-1), BEFORE)).isEqualTo(BEFORE);
        assertThat(extractor.extract(record(-1), -1)).isZero();
        assertThat(extractor.extract(record(NOW + 120_001), -1)).isZero();
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "topic",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
    }
}
