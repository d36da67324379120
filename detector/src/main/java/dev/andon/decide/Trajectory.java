package dev.andon.decide;

import dev.andon.detect.EffectPoint;
import dev.andon.detect.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes one course of effects out of those of several series. Pure. */
final class Trajectory {
    private Trajectory() {}

    /**
     * Averages the series tick by tick, on a grid of {@code interval} that ends at the newest tick; oldest first. A series
     * counts by the square of its largest effect, so that those which hardly moved do not blur the course.
     */
    static List<EffectPoint> of(List<Recent> series, Duration interval) {
        Map<Recent, Double> weights = new LinkedHashMap<>();
        for (Recent recent : series) {
            double largest = recent.points().stream()
                    .mapToDouble(EffectPoint::effect)
                    .max()
                    .orElse(0);
            weights.merge(recent, largest * largest + 1e-6, Double::sum);
        }
        return of(weights, interval);
    }

    /** @param series with the weight that each counts by, {@code > 0} */
    static List<EffectPoint> of(Map<Recent, Double> series, Duration interval) {
        if (series.isEmpty()) return List.of();
        Instant newest = series.keySet().stream()
                .flatMap(recent -> recent.newest().stream())
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        long length = Math.max(1, interval.toMillis());
        Map<Long, double[]> cells = new TreeMap<>();
        series.forEach((recent, weight) -> {
            for (EffectPoint point : recent.points()) {
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
