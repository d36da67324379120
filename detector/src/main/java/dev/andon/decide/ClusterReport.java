package dev.andon.decide;

import dev.andon.detect.EffectPoint;
import dev.andon.domain.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one cluster tells its fleet: all that decisions need and no samples. Replaces the cluster's earlier report.
 *
 * @param time newest sample or event that had been seen
 * @param health what is believed of the cluster
 * @param evidenceNats combined evidence that the cluster is hurt, in nats
 * @param onset of the strongest change; while the cluster is hurt, as seen when it was first called so
 * @param interval sampling interval of the cluster
 * @param evidence the series that changed, strongest first
 * @param trajectory recent mean effect on the series that changed, oldest first; empty while the cluster is fine
 * @param demand recent mean excess of the kinds of requests that are newly asked for, oldest first; empty where that is
 *     little of the work
 * @param exposures the rollouts that touch or touched the cluster
 * @param elevated ticks in a row in which the strongest change was clear
 * @param newLoad who asks the apiservers for more than usual, the most first; empty when nobody does or clients are not told
 *     apart
 * @param environment e.g. {@code production}
 * @param newestSample absent while there was none
 * @param probeCleanSince since when look-ups past every cache have been answered; absent without them, and while they fail
 */
public record ClusterReport(
        Instant time,
        String cluster,
        String fleet,
        Health health,
        double evidenceNats,
        Optional<Instant> onset,
        Duration interval,
        List<Evidence> evidence,
        List<EffectPoint> trajectory,
        List<EffectPoint> demand,
        List<RolloutExposure> exposures,
        Optional<Long> nodes,
        Optional<Duration> dnsCache,
        List<Callers.Share> newLoad,
        long elevated,
        Optional<String> environment,
        Optional<Instant> newestSample,
        Optional<Instant> probeCleanSince)
        implements FleetInput {
    /** Three outcomes, never two: "cannot tell" is not "fine". */
    public enum Health {
        WARMING_UP,
        FINE,
        /** Something moves, and not enough is known yet. */
        SUSPECT,
        HURT,
        /** Steady for a quarter of an hour at a level that is worse than before: what comes next is measured from there. */
        SETTLED,
        /** No telemetry. */
        UNKNOWN
    }

    public ClusterReport {
        evidence = List.copyOf(evidence);
        trajectory = List.copyOf(trajectory);
        demand = List.copyOf(demand);
        exposures = List.copyOf(exposures);
        newLoad = List.copyOf(newLoad);
    }
}
