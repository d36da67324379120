package dev.andon.decide;

import dev.andon.detect.EffectPoint;
import dev.andon.domain.Evidence;
import dev.andon.domain.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where the damage leads if the rollout goes on: the effect as a function of the dose, drawn on to the coverage at which the
 * cluster is saturated.
 *
 * <p>Two shapes are fitted to the ticks since the onset: a power of the coverage {@code c}, and a queue that fills up,
 * {@code c / (k - c)}, whose waiting time has no bound at {@code k}: the threshold. The better one counts, if it explains the
 * course well. A step that has not been seen yet cannot be foretold.
 *
 * <p>What does not saturate this cluster may saturate a larger one: there the same number of updated places, whose cost is
 * the same or grows with the cluster, is a smaller part of all. Pure; O(ticks + clusters).
 *
 * @param cluster the one that is saturated: where the effect is seen, or a larger one
 * @param times its size over that of the cluster where the effect is seen; 1 if it is that one
 * @param saturatesAt coverage at which the cluster is saturated, in (0, 1]
 * @param level where the strongest series stands at full coverage, in its unit; at most where it is saturated
 * @param now where it stands
 * @param coverage now, in (0, 1]
 * @param fit part of the course's variance that the shape explains, in [0, 1]
 * @param points ticks behind it
 */
record Forecast(
        String cluster,
        double times,
        double saturatesAt,
        double level,
        double now,
        double coverage,
        double fit,
        int points) {
    /** An apiserver that takes so long for a request, in s, or a service that fails so often, is of no use any more. */
    private static final double SATURATED_SECONDS = 1;

    private static final double SATURATED_SHARE = 0.5;
    private static final double SATURATED_TIMES = 10;
    private static final int LEAST_POINTS = 5;
    /** Part of the variance that a shape must explain. */
    private static final double CREDIBLE = 0.8;
    /** The largest dose must be so many times the smallest one: a line through one point leads anywhere. */
    private static final double LEAST_SPREAD = 1.5;
    /** Effects below this are noise. */
    private static final double LEAST_EFFECT = 1;

    /** A cluster must be larger than this, by its number of places, to be foretold from another one. */
    private static final double LARGER = 1.25;

    private record Point(double coverage, double excess) {}

    /** A line through logarithms or inverses, and how well it fits. */
    private record Line(double slope, double intercept, double fit) {}

    /**
     * @param fleet newest reports of all clusters, to which the rollout may go on
     * @return where the rollout leads this cluster or, where it does not saturate it, the larger one that it saturates first;
     *     empty when it cannot be told, or when none is
     */
    static Optional<Forecast> of(ClusterReport report, RolloutExposure exposure, Collection<ClusterReport> fleet) {
        if (exposure.phase() == Phase.ABORTED || exposure.phase() == Phase.ROLLED_BACK) return Optional.empty();
        Optional<Forecast> here = drawnOn(report, exposure);
        if (here.isEmpty() || here.get().saturatesAt() <= 1) {
            return here.filter(forecast -> !exposure.phase().over());
        }
        return fleet.stream()
                .filter(other -> other.health() != ClusterReport.Health.HURT)
                .flatMap(other -> here.get().inLarger(other, times(other, report, exposure), exposure).stream())
                .min(Comparator.comparingDouble(Forecast::saturatesAt).thenComparing(Forecast::cluster));
    }

    /** The same harm in a cluster that is so many times as large, if it is saturated before the rollout is complete there. */
    private Optional<Forecast> inLarger(ClusterReport other, OptionalDouble larger, RolloutExposure exposure) {
        if (larger.isEmpty() || larger.getAsDouble() < LARGER) return Optional.empty();
        double at = saturatesAt / larger.getAsDouble();
        boolean over = on(other, exposure).map(there -> there.phase().over()).orElse(false);
        return over || !(at <= 1)
                ? Optional.empty()
                : Optional.of(
                        new Forecast(other.cluster(), larger.getAsDouble(), at, level, now, coverage, fit, points));
    }

    private static Optional<RolloutExposure> on(ClusterReport report, RolloutExposure exposure) {
        return report.exposures().stream()
                .filter(there -> there.rolloutId().equals(exposure.rolloutId()))
                .findFirst();
    }

    /** How many times as large, by the places that the rollout changes, else by nodes; empty where neither is known. */
    private static OptionalDouble times(ClusterReport other, ClusterReport here, RolloutExposure exposure) {
        long places = on(other, exposure).map(there -> there.coverage().total()).orElse(0L);
        if (places > 0 && exposure.coverage().total() > 0) {
            return OptionalDouble.of((double) places / exposure.coverage().total());
        }
        long nodes = here.nodes().orElse(0L);
        return nodes == 0 || other.nodes().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) other.nodes().get() / nodes);
    }

    /** @return when the cluster is saturated, which may be beyond full coverage; empty when it cannot be told */
    private static Optional<Forecast> drawnOn(ClusterReport report, RolloutExposure exposure) {
        if (report.evidence().isEmpty() || exposure.share() <= 0) return Optional.empty();
        Evidence strongest = report.evidence().get(0);
        List<Point> points = points(report, exposure);
        if (!(strongest.after() > strongest.before()) || !enough(points)) return Optional.empty();
        double saturated = saturated(strongest);
        double level = strongest.before() + (strongest.after() - strongest.before()) * newestAgainstMean(report);
        if (level >= saturated) return Optional.empty();
        double further = (saturated - strongest.before()) / (level - strongest.before());
        double now = exposure.share();
        Line power = power(points);
        Line queue = queue(points);
        double byPower = power.slope() > 0 ? now * Math.pow(further, 1 / power.slope()) : Double.POSITIVE_INFINITY;
        // The queue's excess is a c / (k - c): it is `further` times that of now at this coverage.
        double k = -queue.slope() / queue.intercept();
        boolean fills = queue.intercept() < 0 && k > now;
        double byQueue = fills ? further * k * now / (k - now + further * now) : Double.POSITIVE_INFINITY;
        boolean queues = fills && queue.fit() > power.fit();
        double at = queues ? byQueue : byPower;
        double fit = queues ? queue.fit() : power.fit();
        if (fit < CREDIBLE || !Double.isFinite(at)) return Optional.empty();
        return Optional.of(new Forecast(report.cluster(), 1, at, saturated, level, now, fit, points.size()));
    }

    private static boolean enough(List<Point> points) {
        double most = points.stream().mapToDouble(Point::coverage).max().orElse(0);
        double least = points.stream().mapToDouble(Point::coverage).min().orElse(0);
        return points.size() >= LEAST_POINTS && most >= LEAST_SPREAD * least;
    }

    /** Evidence tells the mean level since the onset: by how much the newest tick is above it. */
    private static double newestAgainstMean(ClusterReport report) {
        Instant onset = report.onset().orElse(report.time());
        double[] logs = report.trajectory().stream()
                .filter(tick -> tick.time().isAfter(onset) && tick.effect() > 0)
                .mapToDouble(tick -> Math.log(Math.expm1(tick.effect())))
                .toArray();
        double mean = Arrays.stream(logs).average().orElse(0);
        return logs.length == 0 ? 1 : Math.exp(logs[logs.length - 1] - mean);
    }

    private static double saturated(Evidence evidence) {
        return switch (evidence.unit()) {
            case "s" -> SATURATED_SECONDS;
            case "1" -> SATURATED_SHARE;
            default -> SATURATED_TIMES * evidence.before();
        };
    }

    /** Dose and effect in the ticks since the onset in which the rollout widened or had just done so. */
    private static List<Point> points(ClusterReport report, RolloutExposure exposure) {
        Instant onset = report.onset().orElse(report.time());
        List<Point> points = new ArrayList<>();
        for (EffectPoint tick : report.trajectory()) {
            double coverage = coverage(exposure, tick.time());
            if (tick.time().isAfter(onset) && coverage > 0 && tick.effect() >= LEAST_EFFECT) {
                points.add(new Point(coverage, Math.expm1(tick.effect())));
            }
        }
        return points;
    }

    private static double coverage(RolloutExposure exposure, Instant time) {
        double coverage = 0;
        for (RolloutExposure.Step step : exposure.steps()) {
            if (step.time().isAfter(time)) break;
            coverage = step.total() == 0 ? 0 : Math.min(1, (double) step.updated() / step.total());
        }
        return coverage;
    }

    private static Line power(List<Point> points) {
        return line(
                points.stream().mapToDouble(p -> Math.log(p.coverage())).toArray(),
                points.stream().mapToDouble(p -> Math.log(p.excess())).toArray());
    }

    /** {@code 1 / excess = (k / a) (1 / c) - 1 / a}. */
    private static Line queue(List<Point> points) {
        return line(
                points.stream().mapToDouble(p -> 1 / p.coverage()).toArray(),
                points.stream().mapToDouble(p -> 1 / p.excess()).toArray());
    }

    /** Least squares. */
    private static Line line(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        if (!(xx > 0 && yy > 0)) return new Line(0, meanY, 0);
        double slope = xy / xx;
        return new Line(slope, meanY - slope * meanX, xy * xy / (xx * yy));
    }

    /** E.g. {@code at this slope prod-3 saturates at 31 % coverage}. */
    String sentence() {
        String size = times > 1 ? ", " + Wording.rounded(times) + " times as large," : "";
        return "at this slope " + cluster + size + " saturates at " + Wording.quantity(saturatesAt, "1") + " coverage"
                + (times > 1 ? " if its apiservers are no stronger" : "");
    }

    Evidence evidence(ClusterReport report) {
        Evidence strongest = report.evidence().get(0);
        return new Evidence(
                strongest.series(),
                Evidence.Kind.FORECAST,
                now,
                level,
                strongest.unit(),
                report.onset().orElse(report.time()),
                strongest.falseAlarmProbability(),
                points);
    }
}
