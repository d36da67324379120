package dev.andon.decide;

import dev.andon.decide.Corroboration.Moved;
import dev.andon.detect.EffectPoint;
import dev.andon.detect.Recent;
import dev.andon.detect.SeriesState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes one course of effects out of those of several series. Pure. */
final class Trajectory {
    /** What even a series that did not move says: no weight is 0. */
    private static final double LEAST_SAID = 1e-3;

    private Trajectory() {}

    /**
     * A series counts by the square of its evidence times its largest effect, so that one that hardly moved, or by a
     * single wild tick, does not blur the course of those that prove the harm.
     *
     * @param series reads what is kept of a series
     * @param from first instant that must be covered, where it is remembered
     */
    static List<EffectPoint> of(
            Stream<Moved> moved, Function<String, SeriesState> series, Duration interval, Instant from) {
        Map<Recent, Double> weights = new LinkedHashMap<>();
        moved.forEach(one -> {
            Recent recent = series.apply(one.series()).recent();
            double said = one.evidence() * largest(recent) + LEAST_SAID;
            weights.merge(recent, said * said, Double::sum);
        });
        return of(weights, interval, from);
    }

    private static double largest(Recent recent) {
        return recent.points().stream().mapToDouble(EffectPoint::effect).max().orElse(0);
    }

    /**
     * Averages the series tick by tick, on a grid of {@code interval} that ends at the newest tick; oldest first.
     *
     * @param series with the weight that each counts by, {@code > 0}
     * @param from first instant that must be covered, where it is remembered
     */
    static List<EffectPoint> of(Map<Recent, Double> series, Duration interval, Instant from) {
        if (series.isEmpty()) return List.of();
        Instant newest = series.keySet().stream()
                .flatMap(recent -> recent.newest().stream())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        long length = Math.max(1, interval.toMillis());
        Map<Long, double[]> cells = new TreeMap<>();
        series.forEach((recent, weight) -> {
            for (EffectPoint point : recent.points(from)) {
                long cell = -(Duration.between(point.time(), newest).toMillis() / length);
                double[] sum = cells.computeIfAbsent(cell, ignored -> new double[2]);
                sum[0] += weight * point.effect();
                sum[1] += weight;
            }
        });
        List<EffectPoint> points = new ArrayList<>();
        cells.forEach((cell, sum) -> points.add(new EffectPoint(newest.plusMillis(cell * length), sum[0] / sum[1])));
        return points;
    }
}
