package dev.andon.http.view;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One cluster as it is known now.
 *
 * @param seen time of the newest sample or event
 * @param sampled time of the newest sample; absent when none was seen
 * @param interval of the newest sample that has one
 * @param latency of the newest interval; absent when no apiserver is watched or samples are not read
 * @param changes series that have changed and not recovered, oldest first
 * @param alarm the ALARM that stands for it
 * @param delivered how far that ALARM has come; present when one stands
 */
public record ClusterView(
        String name,
        Instant seen,
        Optional<Instant> sampled,
        Optional<Duration> interval,
        OptionalLong nodes,
        Optional<String> environment,
        Optional<LatencyLevel> latency,
        Optional<DnsLevel> dns,
        List<ChangePoint> changes,
        Optional<Signal> alarm,
        Optional<Delivered> delivered) {
    public ClusterView {
        changes = List.copyOf(changes);
    }

    /** @return whether some series of it has changed for the worse and not recovered */
    public boolean hurt() {
        return !changes.isEmpty();
    }
}
