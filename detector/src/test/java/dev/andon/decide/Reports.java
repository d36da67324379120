package dev.andon.decide;

import dev.andon.detect.EffectPoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Evidence;
import dev.andon.domain.Phase;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports of clusters, for tests: sampled every 5 s, hurt from tick 20 on. */
final class Reports {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final int ONSET = 20;

    private Reports() {}

    static Instant at(double tick) {
        return T0.plusMillis(Math.round(tick * 5_000));
    }

    /** A rollout that reaches all 100 places between two ticks, evenly. */
    static RolloutExposure rollout(String id, double from, double to) {
        List<RolloutExposure.Step> steps = new ArrayList<>();
        int count = to > from ? 10 : 1;
        for (int i = 1; i <= count; i++) {
            steps.add(new RolloutExposure.Step(at(from + (to - from) * i / count), 100L * i / count, 100));
        }
        return new RolloutExposure(
                id,
                new Workload("DaemonSet", "infra", id),
                Phase.PROGRESSING,
                new Coverage(100, 100),
                at(to),
                steps,
                Optional.empty(),
                Optional.empty());
    }

    /** A cluster that was fine until {@link #ONSET} and hurt by a constant effect since. */
    static ClusterReport hurt(String cluster, int tick, RolloutExposure... exposures) {
        List<EffectPoint> course = new ArrayList<>();
        for (int i = tick - 15; i <= tick; i++) course.add(new EffectPoint(at(i), i <= ONSET ? 0.3 : 5));
        Evidence evidence =
                new Evidence("apiserver/LIST/latency", Evidence.Kind.SHIFT, 0.02, 2, "s", at(ONSET), 1e-7, 2);
        return report(cluster, tick, ClusterReport.Health.HURT, List.of(evidence), course, exposures);
    }

    static ClusterReport fine(String cluster, int tick, RolloutExposure... exposures) {
        return report(cluster, tick, ClusterReport.Health.FINE, List.of(), List.of(), exposures);
    }

    private static ClusterReport report(
            String cluster,
            int tick,
            ClusterReport.Health health,
            List<Evidence> evidence,
            List<EffectPoint> course,
            RolloutExposure... exposures) {
        return new ClusterReport(
                at(tick),
                cluster,
                "default",
                health,
                evidence.isEmpty() ? 0 : 20,
                evidence.stream().map(Evidence::onset).findFirst(),
                Duration.ofSeconds(5),
                evidence,
                course,
                List.of(),
                List.of(exposures),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                evidence.isEmpty() ? 0 : tick - ONSET,
                Optional.empty(),
                Optional.of(at(tick)),
                Optional.empty());
    }

    /** The same report of a cluster whose callers are told apart. */
    static ClusterReport withNewLoad(ClusterReport report, Callers.Share... newLoad) {
        return with(
                report,
                report.environment(),
                report.dnsCache(),
                List.of(newLoad),
                report.newestSample(),
                report.probeCleanSince());
    }

    /** The same report of a cluster of which more is known. */
    static ClusterReport known(
            ClusterReport report, String environment, Optional<Duration> dnsCache, Optional<Instant> probeCleanSince) {
        return with(
                report, Optional.of(environment), dnsCache, report.newLoad(), report.newestSample(), probeCleanSince);
    }

    /** The same report of a cluster whose size is known. */
    static ClusterReport ofNodes(ClusterReport report, long nodes) {
        return new ClusterReport(
                report.time(),
                report.cluster(),
                report.fleet(),
                report.health(),
                report.evidenceNats(),
                report.onset(),
                report.interval(),
                report.evidence(),
                report.trajectory(),
                report.demand(),
                report.exposures(),
                Optional.of(nodes),
                report.dnsCache(),
                report.newLoad(),
                report.elevated(),
                report.environment(),
                report.newestSample(),
                report.probeCleanSince());
    }

    /** A cluster of which no sample has come since {@code newestSample}. */
    static ClusterReport silent(String cluster, int tick, int newestSample, RolloutExposure... exposures) {
        ClusterReport report = report(cluster, tick, ClusterReport.Health.UNKNOWN, List.of(), List.of(), exposures);
        return with(
                report,
                Optional.empty(),
                Optional.empty(),
                report.newLoad(),
                Optional.of(at(newestSample)),
                Optional.empty());
    }

    /** A cluster that is fine but for one series. */
    static ClusterReport moving(String cluster, int tick, Evidence evidence, RolloutExposure... exposures) {
        return report(cluster, tick, ClusterReport.Health.SUSPECT, List.of(evidence), List.of(), exposures);
    }

    private static ClusterReport with(
            ClusterReport report,
            Optional<String> environment,
            Optional<Duration> dnsCache,
            List<Callers.Share> newLoad,
            Optional<Instant> newestSample,
            Optional<Instant> probeCleanSince) {
        return new ClusterReport(
                report.time(),
                report.cluster(),
                report.fleet(),
                report.health(),
                report.evidenceNats(),
                report.onset(),
                report.interval(),
                report.evidence(),
                report.trajectory(),
                report.demand(),
                report.exposures(),
                report.nodes(),
                dnsCache,
                newLoad,
                report.elevated(),
                environment,
                newestSample,
                probeCleanSince);
    }

    /** The same trouble of a cluster, begun some ticks before; its rollouts stay as they are. */
    static ClusterReport earlier(ClusterReport report, int ticks) {
        Duration shift = report.interval().multipliedBy(ticks);
        return new ClusterReport(
                report.time(),
                report.cluster(),
                report.fleet(),
                report.health(),
                report.evidenceNats(),
                report.onset().map(onset -> onset.minus(shift)),
                report.interval(),
                report.evidence(),
                report.trajectory().stream()
                        .map(point -> new EffectPoint(point.time().minus(shift), point.effect()))
                        .toList(),
                report.demand(),
                report.exposures(),
                report.nodes(),
                report.dnsCache(),
                report.newLoad(),
                report.elevated(),
                report.environment(),
                report.newestSample(),
                report.probeCleanSince());
    }

    /** The same, where what is asked of the apiservers grew evenly between two ticks. */
    static ClusterReport withDemand(ClusterReport report, double from, double to) {
        List<EffectPoint> demand = report.trajectory().stream()
                .map(point -> new EffectPoint(point.time(), Math.log1p(15 * part(point.time(), at(from), at(to)))))
                .toList();
        return new ClusterReport(
                report.time(),
                report.cluster(),
                report.fleet(),
                report.health(),
                report.evidenceNats(),
                report.onset(),
                report.interval(),
                report.evidence(),
                report.trajectory(),
                demand,
                report.exposures(),
                report.nodes(),
                report.dnsCache(),
                report.newLoad(),
                report.elevated(),
                report.environment(),
                report.newestSample(),
                report.probeCleanSince());
    }

    private static double part(Instant time, Instant from, Instant to) {
        double passed = Duration.between(from, time).toMillis();
        return Math.max(0, Math.min(1, passed / Duration.between(from, to).toMillis()));
    }

    /** The same, said again later. */
    static ClusterReport again(ClusterReport report, int tick) {
        return new ClusterReport(
                at(tick),
                report.cluster(),
                report.fleet(),
                report.health(),
                report.evidenceNats(),
                report.onset(),
                report.interval(),
                report.evidence(),
                report.trajectory(),
                report.demand(),
                report.exposures(),
                report.nodes(),
                report.dnsCache(),
                report.newLoad(),
                report.elevated(),
                report.environment(),
                Optional.of(at(tick)),
                report.probeCleanSince());
    }
}
