package dev.andon.decide;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that holds a rollout without blaming it. Pure. */
final class Precautions {
    /** How long a forecast holds a rollout at a time. */
    private static final Duration HELD_FOR = Duration.ofMinutes(1);

    private final Policy policy;
    private final CacheHold caches;
    private final Blackout blackout;

    Precautions(Settings settings, Blackout blackout) {
        this.policy = settings.policy();
        this.caches = new CacheHold(settings);
        this.blackout = blackout;
    }

    /**
     * @param explained whether another rollout was halted for what the cluster shows
     * @param forecasts by rollout, as {@link #forecasts} tells; none where another rollout is held for it already
     * @return the one that lasts longest
     */
    Optional<Precaution> against(
            RolloutExposure exposure,
            ClusterReport report,
            Collection<ClusterReport> fleet,
            boolean explained,
            Map<String, Forecast> forecasts) {
        if (explained) return frozen(exposure, report);
        return Stream.of(
                        frozen(exposure, report),
                        caches.against(exposure, report, fleet),
                        blackout.against(exposure, report, fleet),
                        leadsToSaturation(exposure, report, forecasts))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Precaution::until));
    }

    /** @return where each rollout leads the cluster or a larger one, for those of which it can be told */
    static Map<String, Forecast> forecasts(ClusterReport report, Collection<ClusterReport> fleet) {
        Map<String, Forecast> forecasts = new HashMap<>();
        for (RolloutExposure exposure : report.exposures()) {
            Forecast.of(report, exposure, fleet).ifPresent(forecast -> forecasts.put(exposure.rolloutId(), forecast));
        }
        return forecasts;
    }

    /** What grows with the coverage is held before it is too much, whoever is to blame in the end. */
    private static Optional<Precaution> leadsToSaturation(
            RolloutExposure exposure, ClusterReport report, Map<String, Forecast> forecasts) {
        Optional<Forecast> forecast = Optional.ofNullable(forecasts.get(exposure.rolloutId()));
        // Only the one whose coverage the effect follows best: what it does while the others go on tells them apart.
        boolean best = forecast.isPresent()
                && forecasts.values().stream()
                        .noneMatch(other -> other.fit() > forecast.get().fit());
        if (!best) return Optional.empty();
        String reason = Wording.change(report.evidence().get(0)) + " as " + exposure.rolloutId() + " reached "
                + Wording.quantity(forecast.get().coverage(), "1") + " of " + report.cluster() + "; "
                + forecast.get().sentence();
        return Optional.of(new Precaution(
                report.time().plus(HELD_FOR), reason, List.of(forecast.get().evidence(report))));
    }

    private Optional<Precaution> frozen(RolloutExposure exposure, ClusterReport report) {
        if (exposure.phase().over()) return Optional.empty();
        return policy.freeze(report.environment(), report.time())
                .map(freeze -> new Precaution(
                        freeze.to(),
                        exposure.rolloutId() + " must not widen in " + report.cluster() + " during the freeze "
                                + freeze.name() + ", which ends at " + freeze.to(),
                        List.of()));
    }
}
