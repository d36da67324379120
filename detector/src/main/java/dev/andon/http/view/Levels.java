package dev.andon.http.view;

import dev.andon.domain.ChangePoint;
import java.time.Instant;
import java.util.List;

/**
 * How one cluster fared over time, as far as it is remembered.
 *
 * @param latency of finished intervals, oldest first
 * @param dns of finished intervals, oldest first
 * @param changes of its series, those that ended too, oldest first
 */
public record Levels(ClusterView cluster, List<Latency> latency, List<Dns> dns, List<ChangePoint> changes) {
    /**
     * The apiservers in one interval.
     *
     * @param time end of the interval
     */
    public record Latency(Instant time, LatencyLevel level) {}

    /**
     * DNS in one interval.
     *
     * @param time end of the interval
     */
    public record Dns(Instant time, DnsLevel level) {}

    public Levels {
        latency = List.copyOf(latency);
        dns = List.copyOf(dns);
        changes = List.copyOf(changes);
    }
}
