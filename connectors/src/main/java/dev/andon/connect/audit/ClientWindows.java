package dev.andon.connect.audit;

import dev.andon.schema.ApiserverLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums up the calls of one API server by client, verb and scope, interval by interval. Pure but for its state; used under
 * the lock of its owner. Memory: at most {@code maxClients} clients of 18 sums of 12 counts for each interval that is
 * open, and those are as many as the lateness lasts.
 */
final class ClientWindows {
    /** Who shares a sum when an interval has more clients than are kept apart. */
    static final String OTHERS = "others";

    private static final double[] UPPER_BOUNDS_SECONDS = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60};
    private static final List<Double> BOUNDS =
            Arrays.stream(UPPER_BOUNDS_SECONDS).boxed().toList();
    private static final Comparator<Call.Key> ORDER =
            Comparator.comparing(Call.Key::client).thenComparing(Call.Key::verb).thenComparing(Call.Key::scope);

    private final String cluster;
    private final String instance;
    private final long intervalMillis;
    private final long latenessMillis;
    private final long skewMillis;
    private final int maxClients;
    private final TreeMap<Long, Window> open = new TreeMap<>();
    private long closedUntilMillis = Long.MIN_VALUE;

    ClientWindows(
            String cluster, String instance, Duration interval, Duration lateness, Duration maxSkew, int maxClients) {
        this.cluster = cluster;
        this.instance = instance;
        this.intervalMillis = interval.toMillis();
        this.latenessMillis = lateness.toMillis();
        this.skewMillis = maxSkew.toMillis();
        this.maxClients = maxClients;
    }

    private static final class Window {
        private final Map<Call.Key, Sum> sums = new HashMap<>();
        private final Set<String> clients = new HashSet<>();
    }

    private static final class Sum {
        private final long[] counts = new long[UPPER_BOUNDS_SECONDS.length + 1];
        private final TreeMap<String, Long> codes = new TreeMap<>();
        private double seconds;
    }

    /** @return why it does not count; empty when it does */
    Optional<Refusal> add(Call call, Instant now) {
        if (call.endMillis() - now.toEpochMilli() > skewMillis) {
            return Optional.of(Refusal.FROM_THE_FUTURE);
        }
        long end = (Math.floorDiv(call.endMillis(), intervalMillis) + 1) * intervalMillis;
        // What nobody could have waited for is late too, or the first event would open an interval of last year.
        if (end <= closedUntilMillis || end + latenessMillis <= now.toEpochMilli()) {
            return Optional.of(Refusal.LATE);
        }
        Window window = open.computeIfAbsent(end, none -> new Window());
        Call.Key key = call.key();
        if (!window.clients.contains(key.client())) {
            if (window.clients.size() >= maxClients) {
                key = new Call.Key(OTHERS, key.verb(), key.scope());
            } else {
                window.clients.add(key.client());
            }
        }
        Sum sum = window.sums.computeIfAbsent(key, none -> new Sum());
        sum.counts[bucket(call.latencySeconds())]++;
        sum.seconds += call.latencySeconds();
        if (call.code() > 0) {
            sum.codes.merge(Integer.toString(call.code()), 1L, Long::sum);
        }
        return Optional.empty();
    }

    /** @return the samples of the intervals for which nobody waits any more */
    List<ApiserverLatency> due(Instant now) {
        var samples = new ArrayList<ApiserverLatency>();
        while (!open.isEmpty() && open.firstKey() + latenessMillis <= now.toEpochMilli()) {
            Map.Entry<Long, Window> first = open.pollFirstEntry();
            closedUntilMillis = first.getKey();
            first.getValue().sums.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(ORDER))
                    .forEach(sum -> samples.add(sample(first.getKey(), sum.getKey(), sum.getValue())));
        }
        return samples;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    private ApiserverLatency sample(long endMillis, Call.Key key, Sum sum) {
        return ApiserverLatency.newBuilder()
                .setTime(Instant.ofEpochMilli(endMillis))
                .setCluster(cluster)
                .setInstance(instance)
                .setVerb(key.verb())
                .setScope(key.scope())
                .setIntervalMillis(intervalMillis)
                .setUpperBoundsSeconds(BOUNDS)
                .setCounts(Arrays.stream(sum.counts).boxed().toList())
                .setSumSeconds(sum.seconds)
                .setCodes(sum.codes)
                .setClient(key.client())
                .build();
    }

    private static int bucket(double seconds) {
        for (int i = 0; i < UPPER_BOUNDS_SECONDS.length; i++) {
            if (seconds <= UPPER_BOUNDS_SECONDS[i]) {
                return i;
            }
        }
        return UPPER_BOUNDS_SECONDS.length;
    }
}
