package dev.andon.http.view;

import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is remembered of one cluster. */
final class ClusterMemory {
    private static final int MOST_CHANGES = 100;

    private final String name;
    private final LatencyWindow latency = new LatencyWindow();
    private final DnsWindow dns = new DnsWindow();
    private final Map<String, ChangePoint> changes = new LinkedHashMap<>();
    private Instant seen = Instant.EPOCH;
    private OptionalLong nodes = OptionalLong.empty();
    private Optional<String> environment = Optional.empty();
    private Optional<Signal> alarm = Optional.empty();

    ClusterMemory(String name) {
        this.name = name;
    }

    void accept(Input input) {
        saw(input.time());
        if (input instanceof LatencySample sample) latency.add(sample);
        if (input instanceof DnsSample sample) dns.add(sample);
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
            // An ALARM has no CLEAR of its own: it ends when nothing is left that would raise it.
            if (changes.isEmpty()) alarm = Optional.empty();
        } else if (changes.size() < MOST_CHANGES) {
            changes.put(series, change);
        }
    }

    void accept(Signal raised) {
        saw(raised.time());
        alarm = Optional.of(raised);
    }

    ClusterView view() {
        return new ClusterView(
                name, seen, nodes, environment, latency.level(), dns.level(), List.copyOf(changes.values()), alarm);
    }

    private void saw(Instant when) {
        if (when.isAfter(seen)) seen = when;
    }
}
