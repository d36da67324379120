package dev.andon.report;

import java.time.Duration;
import java.util.List;

/**
 * What operators alert on today. All of them are shares over windows: a 99th percentile above a bound is the same as more
 * than 1 % of requests above it.
 */
enum OperatorRule {
    /** A threshold on the 99th percentile, as many dashboards have it. */
    P99_FOR_1M(
            "p99 > 1 s for 1 m",
            "99th percentile of API server latency over 1 m above 1 s, for 1 m",
            Watched.SLOWER_THAN_1S,
            Duration.ofMinutes(1),
            new Burn(Duration.ofMinutes(1), 0.01)),
    /** The same, with the patience that keeps it from paging every night. */
    P99_FOR_5M(
            "p99 > 1 s for 5 m",
            "99th percentile of API server latency over 1 m above 1 s, for 5 m",
            Watched.SLOWER_THAN_1S,
            Duration.ofMinutes(5),
            new Burn(Duration.ofMinutes(1), 0.01)),
    /** kube-prometheus, critical, the faster of its two pairs of windows. */
    BURN_FAST(
            "KubeAPIErrorBudgetBurn 1 h",
            "kube-prometheus, critical: more than 14.4 % of requests slow or failed over 1 h and over 5 m, for 2 m",
            Watched.OUTSIDE_SLO,
            Duration.ofMinutes(2),
            new Burn(Duration.ofHours(1), 0.144),
            new Burn(Duration.ofMinutes(5), 0.144)),
    /** kube-prometheus, critical, the slower pair. */
    BURN_SLOW(
            "KubeAPIErrorBudgetBurn 6 h",
            "kube-prometheus, critical: more than 6 % of requests slow or failed over 6 h and over 30 m, for 15 m",
            Watched.OUTSIDE_SLO,
            Duration.ofMinutes(15),
            new Burn(Duration.ofHours(6), 0.06),
            new Burn(Duration.ofMinutes(30), 0.06)),
    /** The mixin of CoreDNS, critical. */
    DNS_ERRORS(
            "CoreDNSErrorsHigh",
            "CoreDNS mixin, critical: more than 3 % of answers are SERVFAIL over 5 m, for 10 m",
            Watched.SERVFAIL,
            Duration.ofMinutes(10),
            new Burn(Duration.ofMinutes(5), 0.03));

    /** What is counted. */
    enum Watched {
        SLOWER_THAN_1S,
        OUTSIDE_SLO,
        SERVFAIL
    }

    /** A share that must be exceeded over a window. */
    record Burn(Duration window, double share) {}

    private final String label;
    private final String says;
    private final Watched watched;
    private final Duration patience;
    /** Never changed: made with {@code List.of}. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Burn> burns;

    OperatorRule(String label, String says, Watched watched, Duration patience, Burn... burns) {
        this.label = label;
        this.says = says;
        this.watched = watched;
        this.patience = patience;
        this.burns = List.of(burns);
    }

    String label() {
        return label;
    }

    String says() {
        return says;
    }

    Watched watched() {
        return watched;
    }

    /** @return how long it must hold before the alert fires */
    Duration patience() {
        return patience;
    }

    boolean holds(SlidingShare shares, long step) {
        return burns.stream().allMatch(burn -> shares.share(step, burn.window()) > burn.share());
    }
}
