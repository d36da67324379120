package dev.andon.connect.totals;

import dev.andon.connect.exposition.Buckets;
import dev.andon.connect.exposition.Histogram;
import dev.andon.connect.exposition.Labels;
import dev.andon.schema.ApiserverLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Sums the deltas of single series up to one record per verb and scope. */
final class ApiserverSamples {
    private static final Comparator<RequestClass> ORDER =
            Comparator.comparing(RequestClass::verb).thenComparing(RequestClass::scope);

    private final Origin origin;

    ApiserverSamples(Origin origin) {
        this.origin = origin;
    }

    /** The sum over the series of one request class. */
    private static final class Sum {
        private final long[] counts;
        private double seconds;

        private Sum(int buckets) {
            counts = new long[buckets];
        }

        private void add(Histogram delta) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += delta.count(i);
            }
            seconds += delta.sum();
        }
    }

    /**
     * @param codes what was added to the requests by code; empty when the page does not count them
     * @return one record for each request class that has a series, in the order of verb and scope
     */
    List<SpecificRecord> of(
            Instant time,
            Duration interval,
            Map<Labels, Histogram> latency,
            Optional<Map<Labels, Double>> codes,
            Rejections rejections) {
        Buckets layout = layout(latency);
        var sums = new TreeMap<RequestClass, Sum>(ORDER);
        latency.forEach((series, delta) -> {
            if (layout == null || !layout.equals(delta.buckets())) {
                rejections.add(Rejection.LAYOUT_UNUSABLE, 1);
                return;
            }
            RequestClass.of(series)
                    .ifPresent(requestClass -> sums.computeIfAbsent(requestClass, none -> new Sum(layout.count()))
                            .add(delta));
        });
        if (layout == null) {
            return List.of();
        }
        Optional<Map<RequestClass, Map<String, Long>>> byClass = codes.map(ApiserverSamples::codesByClass);
        List<Double> bounds = Arrays.stream(layout.upperBounds()).boxed().toList();
        var records = new ArrayList<SpecificRecord>();
        sums.forEach((requestClass, sum) -> records.add(record(
                time,
                interval,
                requestClass,
                bounds,
                sum,
                byClass.map(all -> all.getOrDefault(requestClass, Map.of())).orElse(null))));
        return records;
    }

    private ApiserverLatency record(
            Instant time,
            Duration interval,
            RequestClass requestClass,
            List<Double> bounds,
            Sum sum,
            @Nullable Map<String, Long> codes) {
        return ApiserverLatency.newBuilder()
                .setTime(time)
                .setCluster(origin.cluster())
                .setInstance(origin.instance())
                .setVerb(requestClass.verb())
                .setScope(requestClass.scope())
                .setIntervalMillis(interval.toMillis())
                .setUpperBoundsSeconds(bounds)
                .setCounts(Arrays.stream(sum.counts).boxed().toList())
                .setSumSeconds(Double.isFinite(sum.seconds) ? sum.seconds : null)
                .setCodes(codes)
                .build();
    }

    /** @return the layout that most series have and that fits a latency; null when none does */
    private static @Nullable Buckets layout(Map<Labels, Histogram> latency) {
        var votes = new HashMap<Buckets, Integer>();
        latency.values().forEach(delta -> votes.merge(delta.buckets(), 1, Integer::sum));
        return votes.entrySet().stream()
                .filter(vote -> vote.getKey().count() > 1 && vote.getKey().upperBounds()[0] > 0)
                .max(Map.Entry.<Buckets, Integer>comparingByValue()
                        .thenComparing(vote -> vote.getKey().count()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static Map<RequestClass, Map<String, Long>> codesByClass(Map<Labels, Double> deltas) {
        var byClass = new HashMap<RequestClass, Map<String, Long>>();
        deltas.forEach((series, delta) -> {
            long count = Math.round(delta);
            if (count > 0) {
                RequestClass.of(series)
                        .ifPresent(requestClass -> byClass.computeIfAbsent(requestClass, none -> new TreeMap<>())
                                .merge(series.get("code"), count, Long::sum));
            }
        });
        return byClass;
    }
}
