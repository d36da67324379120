package dev.andon.http.view;

import dev.andon.domain.Action;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Sample;
import dev.andon.domain.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What is remembered of one cluster. */
final class ClusterMemory {
    private static final int MOST_CHANGES = 100;

    private final String name;
    private final Trail latencyTrail;
    private final Trail dnsTrail;
    private final LatencyWindow latency;
    private final DnsWindow dns;
    private final Map<String, ChangePoint> changes = new LinkedHashMap<>();
    private Instant seen = Instant.EPOCH;
    private Optional<Instant> sampled = Optional.empty();
    private Optional<Duration> interval = Optional.empty();
    private OptionalLong nodes = OptionalLong.empty();
    private Optional<String> environment = Optional.empty();
    private Optional<Signal> alarm = Optional.empty();

    /** @param intervals how many finished intervals are remembered, at least 16 */
    ClusterMemory(String name, int intervals) {
        this.name = name;
        this.latencyTrail = new Trail(3, intervals, Trail.Full.FORGET_OLDEST);
        this.dnsTrail = new Trail(3, intervals, Trail.Full.FORGET_OLDEST);
        this.latency = new LatencyWindow(latencyTrail);
        this.dns = new DnsWindow(dnsTrail);
    }

    void accept(Input input) {
        saw(input.time());
        if (input instanceof Sample sample) sampled(sample.time());
        if (input instanceof LatencySample sample) {
            interval = Optional.of(sample.interval());
            latency.add(sample);
        }
        if (input instanceof DnsSample sample) {
            interval = Optional.of(sample.interval());
            dns.add(sample);
        }
        if (input instanceof RolloutEvent event && event.clusterNodes().isPresent()) nodes = event.clusterNodes();
        if (input instanceof ClusterInfo info) {
            if (info.nodes().isPresent()) nodes = info.nodes();
            environment = info.environment().or(() -> environment);
        }
    }

    void accept(ChangePoint change) {
        saw(change.time());
        String series = change.evidence().series();
        if (change.ended()) {
            changes.remove(series);
            // An ALARM has no CLEAR of its own: it ends when nothing is left that would raise it, or is explained.
            if (changes.isEmpty()) alarm = Optional.empty();
        } else if (changes.size() < MOST_CHANGES) {
            changes.put(series, change);
        }
    }

    void accept(Signal signal) {
        saw(signal.time());
        if (signal.action() == Action.ALARM) alarm = Optional.of(signal);
        if (signal.action() == Action.HALT) alarm = Optional.empty();
    }

    ClusterView view(Deliveries deliveries) {
        return new ClusterView(
                name,
                seen,
                sampled,
                interval,
                nodes,
                environment,
                latency.level(),
                dns.level(),
                List.copyOf(changes.values()),
                alarm,
                alarm.map(raised -> Delivered.of(raised.time(), deliveries.of(raised.signalId()))));
    }

    List<Levels.Latency> latencies() {
        return IntStream.range(0, latencyTrail.rows())
                .mapToObj(row -> new Levels.Latency(
                        Instant.ofEpochMilli(latencyTrail.timeMillis(row)),
                        new LatencyLevel(
                                latencyTrail.value(row, 0), latencyTrail.value(row, 1), latencyTrail.value(row, 2))))
                .toList();
    }

    List<Levels.Dns> dnsLevels() {
        return IntStream.range(0, dnsTrail.rows())
                .mapToObj(row -> new Levels.Dns(
                        Instant.ofEpochMilli(dnsTrail.timeMillis(row)),
                        new DnsLevel(dnsTrail.value(row, 0), dnsTrail.value(row, 1), dnsTrail.value(row, 2))))
                .toList();
    }

    private void sampled(Instant when) {
        if (sampled.isEmpty() || when.isAfter(sampled.get())) sampled = Optional.of(when);
    }

    private void saw(Instant when) {
        if (when.isAfter(seen)) seen = when;
    }
}
