package dev.andon.connect.probe;

import dev.andon.schema.DnsErrors;
import dev.andon.schema.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What came of the questions to one server in one interval. Questions are counted when they end. */
final class Tally {
    /** An answer that is none, such as one to another question. */
    static final String MALFORMED = "MALFORMED";

    private final TreeMap<String, Long> rcodes = new TreeMap<>();
    private final List<Double> seconds = new ArrayList<>();
    private long timeouts;

    synchronized void answered(String rcode, double latencySeconds) {
        rcodes.merge(rcode, 1L, Long::sum);
        seconds.add(latencySeconds);
    }

    synchronized void unanswered() {
        timeouts++;
    }

    synchronized boolean isEmpty() {
        return rcodes.isEmpty() && timeouts == 0;
    }

    synchronized DnsErrors sample(DnsServer server, Instant end, long intervalMillis) {
        return DnsErrors.newBuilder()
                .setTime(end)
                .setCluster(server.cluster())
                .setServer(server.name())
                .setView(View.PROBE)
                .setIntervalMillis(intervalMillis)
                .setResponses(rcodes.values().stream().mapToLong(count -> count).sum())
                .setRcodes(new TreeMap<>(rcodes))
                .setTimeouts(timeouts)
                .build();
    }

    /** @return the median time to an answer, in seconds; empty when there was none */
    synchronized OptionalDouble medianSeconds() {
        Collections.sort(seconds);
        return seconds.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(seconds.get(seconds.size() / 2));
    }
}
