package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class TransientFaultsTest {
    private final Throwable passing = new StreamsException("wrapped", new TimeoutException("no answer"));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final TransientFaults faults = new TransientFaults(clock);

    @Test
    void forgivesWhatPassesAndNothingElse() {
        assertThat(faults.forgives(passing)).isTrue();
        assertThat(faults.forgives(new StreamsException("x", new RecordTooLargeException("y"))))
                .isFalse();
        assertThat(faults.forgives(new IllegalStateException("a defect"))).isFalse();
        assertThat(faults.forgives(new OutOfMemoryError())).isFalse();
    }

    @Test
    void stopsBelievingInTooManyWithinTenMinutes() {
        for (int i = 0; i < 5; i++) assertThat(faults.forgives(passing)).isTrue();
        assertThat(faults.forgives(passing)).isFalse();
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(10)).plusMillis(1));
        assertThat(faults.forgives(passing)).isTrue();
    }
}
