package dev.andon.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who asks how much of the apiservers of one cluster, as far as samples tell the client.
 *
 * <p>New load is what a client asks beyond its usual rate, times what one request of it takes. Victims of an overload wait
 * longer but do not ask more, so their load is not new. Pure; the map is never changed after construction.
 *
 * @param since start of the window that is being collected
 * @param byClient what each client asked, by its name in the audit log
 */
public record Callers(Instant since, Map<String, Caller> byClient) {
    static final Callers NONE = new Callers(Instant.EPOCH, Map.of());

    /** More clients than these are not told apart: they are not looked at. */
    private static final int MOST_CLIENTS = 256;

    private static final double LEARNING = 0.1;
    /** A rise of the rate that is everyday life. */
    private static final double USUAL_RISE = 1.5;
    /** New load below this many seconds of work per second is nobody's. */
    private static final double LEAST_LOAD = 0.02;

    private static final int MOST_SHOWN = 8;

    /**
     * What one client asks.
     *
     * @param requests in the window that is being collected
     * @param seconds those took together
     * @param usualRate requests per second while the cluster was fine
     * @param newLoad of the last window, in seconds of work per second
     */
    public record Caller(double requests, double seconds, double usualRate, double newLoad) {}

    /**
     * A client's part in what is newly asked.
     *
     * @param client its name in the audit log
     * @param share of all new load, in [0, 1]
     */
    public record Share(String client, double share) {}

    /**
     * Takes in one sample.
     *
     * @param window length of the windows that are compared
     * @param learning whether the cluster is fine, so that this is what is usual
     */
    Callers with(Instant time, String client, double requests, double seconds, Duration window, boolean learning) {
        Callers current = time.isBefore(since.plus(window)) ? this : turned(time, learning);
        Caller before = current.byClient.get(client);
        if (before == null && current.byClient.size() >= MOST_CLIENTS) return current;
        Caller known = before == null ? new Caller(0, 0, 0, 0) : before;
        Map<String, Caller> next = new TreeMap<>(current.byClient);
        next.put(
                client,
                new Caller(known.requests() + requests, known.seconds() + seconds, known.usualRate(), known.newLoad()));
        return new Callers(current.since, next);
    }

    private Callers turned(Instant time, boolean learning) {
        if (since.equals(Instant.EPOCH)) return new Callers(time, byClient);
        double length = Math.max(1e-3, Duration.between(since, time).toMillis() / 1e3);
        Map<String, Caller> next = new TreeMap<>();
        byClient.forEach((client, caller) -> {
            double rate = caller.requests() / length;
            double each = caller.requests() > 0 ? caller.seconds() / caller.requests() : 0;
            double usual = learning ? caller.usualRate() + LEARNING * (rate - caller.usualRate()) : caller.usualRate();
            double beyond = Math.max(0, rate - USUAL_RISE * caller.usualRate());
            if (rate > 1e-4 || usual > 1e-4) next.put(client, new Caller(0, 0, usual, beyond * each));
        });
        return new Callers(time, next);
    }

    /** @return who asks what is new, the most first; empty when nothing is or nobody is told apart */
    List<Share> newLoad() {
        double total = byClient.values().stream().mapToDouble(Caller::newLoad).sum();
        if (total < LEAST_LOAD) return List.of();
        List<Share> shares = new ArrayList<>();
        byClient.forEach((client, caller) -> {
            if (caller.newLoad() > 0) shares.add(new Share(client, caller.newLoad() / total));
        });
        shares.sort(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::client));
        return List.copyOf(shares.subList(0, Math.min(MOST_SHOWN, shares.size())));
    }
}
