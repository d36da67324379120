package dev.andon.decide;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that holds a rollout without blaming it. Pure. */
final class Precautions {
    private final Policy policy;
    private final CacheHold caches;
    private final Blackout blackout;

    Precautions(Settings settings) {
        this.policy = settings.policy();
        this.caches = new CacheHold(settings);
        this.blackout = new Blackout(settings);
    }

    /**
     * @param explained whether another rollout was halted for what the cluster shows
     * @return the one that lasts longest
     */
    Optional<Precaution> against(
            RolloutExposure exposure, ClusterReport report, Collection<ClusterReport> fleet, boolean explained) {
        if (explained) return frozen(exposure, report);
        return Stream.of(
                        frozen(exposure, report),
                        caches.against(exposure, report, fleet),
                        blackout.against(exposure, report, fleet))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Precaution::until));
    }

    private Optional<Precaution> frozen(RolloutExposure exposure, ClusterReport report) {
        return policy.freeze(report.environment(), report.time())
                .map(freeze -> new Precaution(
                        freeze.to(),
                        exposure.rolloutId() + " must not widen in " + report.cluster() + " during the freeze "
                                + freeze.name() + ", which ends at " + freeze.to(),
                        List.of()));
    }
}
