package dev.andon.decide;

import dev.andon.detect.Finding;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.LatencySample;
import dev.andon.domain.RolloutEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that is kept of one cluster besides its series. The collections are never changed after construction.
 *
 * @param time newest input
 * @param newestSample newest sample
 * @param interval longest interval of the last closed ticks
 * @param open series with an open tick
 * @param findings newest finding of every series that can judge
 * @param announced series of which a change point was told and not yet its end
 * @param exposures by rolloutId
 * @param reported when the last report was made
 * @param health as last reported
 * @param hurtSince onset of what hurts the cluster, as seen when it was first called hurt
 * @param environment e.g. {@code production}
 * @param probeCleanSince since when look-ups past every cache have been answered; absent without them, and while they fail
 * @param callers who asks how much
 */
public record ClusterState(
        String cluster,
        Instant time,
        Optional<Instant> newestSample,
        Duration interval,
        Optional<String> fleet,
        Optional<Long> nodes,
        Optional<Duration> dnsCache,
        Set<String> open,
        Map<String, Finding> findings,
        Set<String> announced,
        Map<String, RolloutExposure> exposures,
        Optional<Instant> reported,
        ClusterReport.Health health,
        Optional<Instant> hurtSince,
        Optional<String> environment,
        Optional<Instant> probeCleanSince,
        Callers callers) {

    /** A rollout that does not say that it has ended is forgotten after this time without any event. */
    private static final Duration NEVER_ENDED = Duration.ofDays(7);

    private static final String PROBE = "dns/PROBE/errors";

    static ClusterState unknown(String cluster, Instant time) {
        return new ClusterState(
                cluster,
                time,
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                ClusterReport.Health.WARMING_UP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Callers.NONE);
    }

    ClusterState at(Instant newTime) {
        if (!newTime.isAfter(time)) return this;
        return new ClusterState(
                cluster,
                newTime,
                newestSample,
                interval,
                fleet,
                nodes,
                dnsCache,
                open,
                findings,
                announced,
                exposures,
                reported,
                health,
                hurtSince,
                environment,
                probeCleanSince,
                callers);
    }

    /** A sample of {@code series} was taken in. */
    ClusterState withSample(Instant sampleTime, String series) {
        boolean newer = newestSample.isEmpty() || sampleTime.isAfter(newestSample.get());
        if (!newer && open.contains(series)) return this;
        return new ClusterState(
                cluster,
                time,
                newer ? Optional.of(sampleTime) : newestSample,
                interval,
                fleet,
                nodes,
                dnsCache,
                with(open, series),
                findings,
                announced,
                exposures,
                reported,
                health,
                hurtSince,
                environment,
                probeCleanSince,
                callers);
    }

    private static Set<String> with(Set<String> names, String another) {
        return SortedNames.of(names).with(another);
    }

    /** Ticks of {@code closed} series were judged, and {@code gone} ones are not followed any more. */
    ClusterState withFindings(Map<String, Finding> closed, Set<String> gone, Duration newInterval) {
        Set<String> stillOpen = SortedNames.of(open).without(closed.keySet()).without(gone);
        Map<String, Finding> all = new TreeMap<>(findings);
        closed.forEach((series, finding) -> {
            if (!finding.warmingUp()) all.put(series, finding);
        });
        all.keySet().removeAll(gone);
        return new ClusterState(
                cluster,
                time,
                newestSample,
                newInterval,
                fleet,
                nodes,
                dnsCache,
                stillOpen,
                all,
                announced,
                exposures,
                reported,
                health,
                hurtSince,
                environment,
                probe(closed),
                callers);
    }

    private Optional<Instant> probe(Map<String, Finding> closed) {
        Finding finding = closed.get(PROBE);
        if (finding == null) return probeCleanSince;
        boolean clean = !finding.warmingUp() && finding.change().isEmpty() && !finding.settledWorse();
        return clean ? probeCleanSince.or(() -> Optional.of(time)) : Optional.empty();
    }

    ClusterState withAnnounced(Set<String> nowAnnounced) {
        if (nowAnnounced.equals(announced)) return this;
        return new ClusterState(
                cluster,
                time,
                newestSample,
                interval,
                fleet,
                nodes,
                dnsCache,
                open,
                findings,
                nowAnnounced,
                exposures,
                reported,
                health,
                hurtSince,
                environment,
                probeCleanSince,
                callers);
    }

    ClusterState withInfo(ClusterInfo info) {
        return new ClusterState(
                cluster,
                time,
                newestSample,
                interval,
                info.fleet().or(() -> fleet),
                info.nodes().isPresent() ? Optional.of(info.nodes().getAsLong()) : nodes,
                info.dnsCache().or(() -> dnsCache),
                open,
                findings,
                announced,
                exposures,
                reported,
                health,
                hurtSince,
                info.environment().or(() -> environment),
                probeCleanSince,
                callers);
    }

    /** A rollout moved; rollouts that ended before {@code forgetBefore} are forgotten, others a week later. */
    ClusterState withRollout(RolloutEvent event, Instant forgetBefore) {
        Map<String, RolloutExposure> all = new TreeMap<>(exposures);
        all.values().removeIf(e -> e.updatedAt()
                .isBefore(e.endedAt().isPresent() ? forgetBefore : forgetBefore.minus(NEVER_ENDED)));
        RolloutExposure known = all.get(event.rolloutId());
        all.put(event.rolloutId(), known == null ? RolloutExposure.begin(event) : known.with(event));
        Optional<Long> size = event.clusterNodes().isPresent()
                ? Optional.of(event.clusterNodes().getAsLong())
                : nodes;
        return new ClusterState(
                cluster,
                time,
                newestSample,
                interval,
                fleet,
                size,
                dnsCache,
                open,
                findings,
                announced,
                all,
                reported,
                health,
                hurtSince,
                environment,
                probeCleanSince,
                callers);
    }

    ClusterState withReport(ClusterReport report) {
        return new ClusterState(
                cluster,
                time,
                newestSample,
                interval,
                fleet,
                nodes,
                dnsCache,
                open,
                findings,
                announced,
                exposures,
                Optional.of(report.time()),
                report.health(),
                report.health() == ClusterReport.Health.HURT ? hurtSince.or(report::onset) : Optional.empty(),
                environment,
                probeCleanSince,
                callers);
    }

    /** A client asked something. */
    ClusterState withCall(LatencySample sample, String client, Duration window) {
        boolean learning =
                switch (health) {
                    case FINE, SETTLED, WARMING_UP -> true;
                    case SUSPECT, HURT, UNKNOWN -> false;
                };
        double seconds = sample.latency().sum().orElse(0);
        String kind = sample.verb() + "/" + sample.scope().orElse("");
        return new ClusterState(
                cluster,
                time,
                newestSample,
                interval,
                fleet,
                nodes,
                dnsCache,
                open,
                findings,
                announced,
                exposures,
                reported,
                health,
                hurtSince,
                environment,
                probeCleanSince,
                callers.with(
                        sample.time(), client, kind, (double) sample.latency().total(), seconds, window, learning));
    }
}
