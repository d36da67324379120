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
 * <p>New load is what a client asks of one kind beyond its usual rate, times what one such request takes. Victims of an
 * overload wait longer but do not ask more, so their load is not new. Pure; the map is never changed after construction.
 *
 * @param since start of the window that is being collected
 * @param byCall what was asked, by client and kind of request
 */
public record Callers(Instant since, Map<String, Caller> byCall) {
    static final Callers NONE = new Callers(Instant.EPOCH, Map.of());

    /** More pairs of client and kind than these are not told apart: they are not looked at. */
    private static final int MOST_CALLS = 512;

    private static final double LEARNING = 0.1;
    /** A rise of the rate that is everyday life. */
    private static final double USUAL_RISE = 1.5;
    /** New load that is less than this part of all load does not explain why a cluster is hurt. */
    private static final double LEAST_PART = 0.25;

    private static final int MOST_SHOWN = 8;
    private static final char SEPARATOR = '\u0000';

    /**
     * What one client asks of one kind.
     *
     * @param requests in the window that is being collected
     * @param seconds those took together
     * @param usualRate requests per second while the cluster was fine
     * @param load of the last window, in seconds of work per second
     * @param newLoad the part of it that is new
     */
    public record Caller(double requests, double seconds, double usualRate, double load, double newLoad) {}

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
     * @param kind verb and scope
     * @param window length of the windows that are compared
     * @param learning whether the cluster is fine, so that this is what is usual
     */
    Callers with(
            Instant time,
            String client,
            String kind,
            double requests,
            double seconds,
            Duration window,
            boolean learning) {
        Callers current = time.isBefore(since.plus(window)) ? this : turned(time, learning);
        String call = client + SEPARATOR + kind;
        Caller before = current.byCall.get(call);
        if (before == null && current.byCall.size() >= MOST_CALLS) return current;
        Caller known = before == null ? new Caller(0, 0, 0, 0, 0) : before;
        Caller next = new Caller(
                known.requests() + requests,
                known.seconds() + seconds,
                known.usualRate(),
                known.load(),
                known.newLoad());
        return new Callers(current.since, SortedCalls.of(current.byCall).with(call, next));
    }

    private Callers turned(Instant time, boolean learning) {
        if (since.equals(Instant.EPOCH)) return new Callers(time, byCall);
        double length = Math.max(1e-3, Duration.between(since, time).toMillis() / 1e3);
        Map<String, Caller> next = new TreeMap<>();
        byCall.forEach((call, caller) -> {
            double rate = caller.requests() / length;
            double each = caller.requests() > 0 ? caller.seconds() / caller.requests() : 0;
            double usual = learning ? caller.usualRate() + LEARNING * (rate - caller.usualRate()) : caller.usualRate();
            double beyond = Math.max(0, rate - USUAL_RISE * caller.usualRate());
            if (rate > 1e-4 || usual > 1e-4) next.put(call, new Caller(0, 0, usual, rate * each, beyond * each));
        });
        return new Callers(time, next);
    }

    /** @return who asks what is new, the most first; empty when little is or nobody is told apart */
    List<Share> newLoad() {
        double all = 0;
        double fresh = 0;
        Map<String, Double> byClient = new TreeMap<>();
        for (Map.Entry<String, Caller> entry : byCall.entrySet()) {
            Caller caller = entry.getValue();
            all += caller.load();
            fresh += caller.newLoad();
            String client = entry.getKey().substring(0, entry.getKey().indexOf(SEPARATOR));
            if (caller.newLoad() > 0) byClient.merge(client, caller.newLoad(), Double::sum);
        }
        if (!(fresh > LEAST_PART * all)) return List.of();
        List<Share> shares = new ArrayList<>();
        for (Map.Entry<String, Double> entry : byClient.entrySet()) {
            shares.add(new Share(entry.getKey(), entry.getValue() / fresh));
        }
        shares.sort(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::client));
        return List.copyOf(shares.subList(0, Math.min(MOST_SHOWN, shares.size())));
    }
}
