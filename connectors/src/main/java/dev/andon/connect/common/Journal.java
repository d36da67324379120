package dev.andon.connect.common;

import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes down what became of notices: in the record of deliveries, and in the metrics. Safe for several threads. */
final class Journal {
    private final String sink;
    private final DeliveryLog deliveries;
    private final AttemptMetrics metrics;
    private final Clock clock;

    Journal(String sink, DeliveryLog deliveries, AttemptMetrics metrics, Clock clock) {
        this.sink = sink;
        this.deliveries = deliveries;
        this.metrics = metrics;
        this.clock = clock;
    }

    void count(Outcome outcome) {
        metrics.count(outcome);
    }

    /** Nothing was sent, on purpose. */
    void suppressed(Notice notice, String target, String why) {
        if (notice.recorded()) {
            deliveries.record(
                    entry(notice, target, DeliveryStatus.SUPPRESSED, 0, why).build());
        }
    }

    /** An attempt was made and brought this. */
    void attempted(
            Notice notice,
            String target,
            long attempt,
            Outcome outcome,
            @Nullable String detail,
            @Nullable Instant retryAt) {
        if (notice.recorded()) {
            deliveries.record(entry(notice, target, outcome.status(), attempt, detail)
                    .setHttpStatus(
                            outcome.httpStatus().isEmpty()
                                    ? null
                                    : outcome.httpStatus().getAsInt())
                    .setLatencyMillis(outcome.latency().map(Duration::toMillis).orElse(null))
                    .setRetryAt(retryAt)
                    .build());
        }
    }

    private Delivery.Builder entry(
            Notice notice, String target, DeliveryStatus status, long attempt, @Nullable String detail) {
        return Delivery.newBuilder()
                .setTime(clock.instant())
                .setSignalId(notice.id())
                .setRolloutId(notice.rolloutId())
                .setSink(sink)
                .setTarget(target)
                .setStatus(status)
                .setAttempt(attempt)
                .setDetail(detail);
    }
}
