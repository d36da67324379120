package dev.andon.decide;

import dev.andon.decide.Corroboration.Moved;
import dev.andon.detect.Finding;
import dev.andon.detect.Observations;
import dev.andon.detect.SeriesKind;
import dev.andon.detect.SeriesState;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes one statement about a cluster of what its series say. Pure. */
final class ClusterJudge {
    /** A silence of this many intervals, and at least {@link #LEAST_SILENCE}, means that nothing is known. */
    private static final int SILENT_INTERVALS = 6;

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(30);
    /** Series beyond these add nothing: they are rarely independent of the strongest ones. */
    private static final int MOST_EVIDENCE_SHOWN = 8;

    /** Ticks before the onset that blame compares with, however long ago it was. */
    private static final int BEFORE_THE_ONSET = 12;

    private final Settings settings;

    ClusterJudge(Settings settings) {
        this.settings = settings;
    }

    ClusterReport.Health health(ClusterState state) {
        return health(state, Corroboration.moved(state.findings()));
    }

    private ClusterReport.Health health(ClusterState state, List<Moved> moved) {
        if (silent(state)) return ClusterReport.Health.UNKNOWN;
        if (state.findings().isEmpty()) return ClusterReport.Health.WARMING_UP;
        double combined = Corroboration.combined(moved);
        boolean strong = combined >= settings.detect().evidenceNeeded();
        boolean already = state.health() == ClusterReport.Health.HURT;
        if (strong && (already || Corroboration.lasting(moved))) return ClusterReport.Health.HURT;
        boolean suspect = combined >= settings.detect().evidenceNeeded() / 3;
        if (suspect) return ClusterReport.Health.SUSPECT;
        return settledWorse(state) ? ClusterReport.Health.SETTLED : ClusterReport.Health.FINE;
    }

    private static boolean settledWorse(ClusterState state) {
        return state.findings().values().stream().anyMatch(Finding::settledWorse);
    }

    private static boolean silent(ClusterState state) {
        return silentAfter(state).map(last -> last.isBefore(state.time())).orElse(false);
    }

    /** @return until when the cluster is not silent even if nothing comes; absent before the first sample */
    static Optional<Instant> silentAfter(ClusterState state) {
        long limit = state.interval().toNanos() * SILENT_INTERVALS;
        long allowed = Math.max(limit, LEAST_SILENCE.toNanos());
        return state.newestSample().map(newest -> newest.plusNanos(allowed));
    }

    /** @param series reads what is kept of a series */
    ClusterReport report(ClusterState state, Function<String, SeriesState> series) {
        List<Moved> moved = Corroboration.moved(state.findings());
        List<Evidence> evidence = moved.stream()
                .limit(MOST_EVIDENCE_SHOWN)
                .map(ClusterJudge::evidence)
                .toList();
        Optional<Instant> onset = state.hurtSince().or(() -> onset(moved));
        Instant from = onset.orElse(state.time()).minus(state.interval().multipliedBy(BEFORE_THE_ONSET));
        return new ClusterReport(
                state.time(),
                state.cluster(),
                state.fleet().orElse("default"),
                health(state, moved),
                Corroboration.combined(moved),
                onset,
                state.interval(),
                evidence,
                Trajectory.of(Corroboration.leading(moved), series, state.interval(), from),
                moved.isEmpty() ? List.of() : NewDemand.of(state, series),
                List.copyOf(state.exposures().values()),
                state.nodes(),
                state.dnsCache(),
                state.callers().newLoad(),
                Corroboration.elevated(moved),
                state.environment(),
                state.newestSample(),
                state.probeCleanSince());
    }

    /** The onset of the strongest series; one that began earlier by chance must not move it. */
    private static Optional<Instant> onset(List<Moved> moved) {
        return moved.isEmpty()
                ? Optional.empty()
                : Optional.of(moved.get(0).change().onset());
    }

    static Evidence evidence(Moved moved) {
        SeriesKind kind = Observations.kindOf(moved.series());
        Finding.Change change = moved.change();
        return new Evidence(
                moved.series(),
                kind.evidence(),
                change.before(),
                change.after(),
                kind.unit(),
                change.onset(),
                Math.min(1, Math.exp(-moved.evidence())),
                change.samples());
    }

    /** What is newly changed, and what is over. */
    record Announcement(List<ChangePoint> changePoints, Set<String> announced) {}

    Announcement announce(ClusterState state, ClusterReport.Health health) {
        double needed = settings.detect().evidenceNeeded() / (health == ClusterReport.Health.HURT ? 3 : 1);
        List<Moved> moved = Corroboration.moved(state.findings());
        if (moved.isEmpty() && state.announced().isEmpty()) return new Announcement(List.of(), state.announced());
        List<ChangePoint> changePoints = new ArrayList<>();
        Set<String> announced = new TreeSet<>(state.announced());
        for (Moved one : moved) {
            if (one.evidence() >= needed && announced.add(one.series())) {
                changePoints.add(changePoint(state, evidence(one), false));
            }
        }
        for (String series : state.announced()) {
            Finding finding = state.findings().get(series);
            if (finding != null && finding.change().isEmpty()) {
                announced.remove(series);
                changePoints.add(changePoint(
                        state, new Evidence(series, Evidence.Kind.SHIFT, 0, 0, "", state.time(), 1, 0), true));
            }
        }
        return new Announcement(changePoints, announced);
    }

    private static ChangePoint changePoint(ClusterState state, Evidence evidence, boolean ended) {
        return new ChangePoint(
                state.time(),
                state.cluster(),
                evidence,
                evidence.onset().minus(state.interval()),
                evidence.onset().plus(state.interval()),
                ended);
    }
}
