package dev.andon.decide;

import dev.andon.domain.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Holds a rollout while DNS caches may hide what it does: workloads are served old answers, and notice only when those run
 * out. Answers that are served stale, and look-ups past every cache, are the leading signals; what clients see lags behind by
 * up to the lifetime of the caches. Pure.
 */
final class CacheHold {
    private static final String PROBE = "dns/PROBE/errors";
    private static final String STALE = "/stale";
    /** Least ticks of clean look-ups after the exposure that prove that nothing is hidden. */
    private static final int CLEAN_FOR = 3;

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final Policy policy;
    private final Duration provenAfter;

    CacheHold(Settings settings) {
        this.policy = settings.policy();
        this.provenAfter = settings.detect().leastTick().multipliedBy(CLEAN_FOR);
    }

    Optional<Precaution> against(RolloutExposure exposure, ClusterReport report, Collection<ClusterReport> fleet) {
        Optional<Instant> exposed = exposure.firstExposed();
        if (exposed.isEmpty() || policy.dnsHold() == Policy.DnsHold.NEVER) return Optional.empty();
        Optional<Evidence> hidden = hidden(report, exposed.get());
        boolean always =
                policy.dnsHold() == Policy.DnsHold.ALWAYS && report.dnsCache().isPresent();
        if (hidden.isEmpty() && (!always || provenClean(report, exposed.get()))) return Optional.empty();
        Instant until = until(exposure.rolloutId(), report, fleet);
        Duration here = report.dnsCache().orElse(policy.unknownDnsCache());
        until = hidden.map(evidence -> evidence.onset().plus(here))
                .filter(until::isBefore)
                .orElse(until);
        if (!until.isAfter(report.time())) return Optional.empty();
        String why = hidden.map(evidence -> Wording.change(evidence) + " since it came")
                .orElse("no look-up past every cache proves that nothing is hidden");
        return Optional.of(new Precaution(
                until,
                "DNS caches may hide what " + exposure.rolloutId() + " does to " + report.cluster() + " for "
                        + Wording.duration(Duration.between(report.time(), until)) + " more: " + why,
                hidden.map(List::of).orElse(List.of())));
    }

    /** What caches hide: the newest answers fail while clients are still served old ones. */
    private static Optional<Evidence> hidden(ClusterReport report, Instant exposed) {
        return report.evidence().stream()
                .filter(CacheHold::leads)
                .filter(evidence -> evidence.after() > evidence.before())
                .filter(evidence -> !evidence.onset()
                        .plus(report.interval())
                        .plus(CLOCK_SKEW)
                        .isBefore(exposed))
                .findFirst();
    }

    private static boolean leads(Evidence evidence) {
        String series = evidence.series();
        return series.equals(PROBE) || (series.startsWith("dns/") && series.endsWith(STALE));
    }

    private boolean provenClean(ClusterReport report, Instant exposed) {
        return report.probeCleanSince().isPresent()
                && !exposed.plus(provenAfter).isAfter(report.time());
    }

    /** The last moment at which any cluster that has the rollout may still be served what was true before. */
    private Instant until(String rolloutId, ClusterReport here, Collection<ClusterReport> fleet) {
        Instant until = Instant.EPOCH;
        for (ClusterReport report : fleet) {
            for (RolloutExposure exposure : report.exposures()) {
                if (!exposure.rolloutId().equals(rolloutId)
                        || exposure.firstExposed().isEmpty()) continue;
                Instant exposed = exposure.firstExposed().get();
                boolean hides = report.cluster().equals(here.cluster()) || !provenClean(report, exposed);
                Optional<Duration> cache = report.dnsCache();
                if (report.cluster().equals(here.cluster()))
                    cache = cache.or(() -> Optional.of(policy.unknownDnsCache()));
                if (!hides || cache.isEmpty()) continue;
                Instant end = exposed.plus(cache.get());
                if (end.isAfter(until)) until = end;
            }
        }
        return until;
    }
}
